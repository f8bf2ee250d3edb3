import type { DataNode } from "../formats/node.ts";
import { nameOf } from "../tree.ts";
import { type CoveragePlace, type Findings, joined } from "./findings.ts";

/** The tables of coverage and pytest in pyproject.toml; an overruled file has its lines read by nobody. */
export function inPyproject(path: string, data: DataNode, isOverruled: boolean): Findings {
  const settings = data.get("tool", "coverage");
  return joined([
    {
      measured: settings ? [isSetUp(path, settings)] : [],
      gated: isOverruled ? [] : threshold(path, settings?.get("report", "fail_under")),
    },
    options(path, data.get("tool", "pytest", "ini_options", "addopts") ?? data.get("tool", "pytest", "addopts")),
  ]);
}

/** The same in `.coveragerc`, `setup.cfg`, `tox.ini` and `pytest.ini`. */
export function inIni(path: string, data: DataNode, isOverruled: boolean): Findings {
  const prefix = nameOf(path) === ".coveragerc" ? "" : "coverage:";
  const report = data.get(`${prefix}report`);
  const section = data.get(`${prefix}run`) ?? report;
  return joined([
    {
      measured: section ? [isSetUp(path, section)] : [],
      gated: isOverruled ? [] : threshold(path, report?.get("fail_under")),
    },
    options(path, data.get("pytest", "addopts") ?? data.get("tool:pytest", "addopts")),
  ]);
}

function isSetUp(path: string, { line }: DataNode): CoveragePlace {
  return { path, line, says: "coverage is set up." };
}

function threshold(path: string, node: DataNode | undefined): readonly CoveragePlace[] {
  if (!node || (node.number ?? 0) <= 0) return [];
  return [{ path, line: node.line, says: `\`fail_under\` is ${node.text}.` }];
}

/** What pytest is always started with. */
function options(path: string, node: DataNode | undefined): Findings {
  const text = node?.texts.join(" ") ?? "";
  const line = node?.line ?? 1;
  return {
    measured: /--cov\b/.test(text) ? [{ path, line, says: "pytest measures coverage." }] : [],
    gated: /--cov-fail-under[= ](?!0\b)\d/.test(text) ? [{ path, line, says: "pytest fails below a line." }] : [],
  };
}
