import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { type PytestConfig, pytestConfigs } from "./pytest-configs.ts";
import { pytestMarks } from "./pytest-marks.ts";
import { pytestStrictness } from "./pytest-strictness.ts";
import { toolSettings } from "./tool-settings.ts";

/** The edits after which pytest is stricter, for tests that still run then; or why only people can know them. */
export type StrictPytest = { readonly edits: readonly Edit[] } | { readonly reason: string };

/** What is to be set. */
interface Wanted {
  readonly marks: boolean;
  readonly failures: boolean;
}

const MARKS = "--strict-markers";

/** How pytest is made strict without a test that fails for it. */
export const strictPytest = defineFact({
  uses: { pytestConfigs, pytestMarks, pytestStrictness, toolSettings },
  combine: ({ uses }): StrictPytest => {
    const { marks, expectedFailures, warnings } = uses.pytestStrictness;
    const { unregistered, expectsFailures, unseen } = uses.pytestMarks;
    if (unseen) return { reason: `${unseen} was not read, and may carry a mark that nobody registered` };
    if (!marks && unregistered[0]) return { reason: `no settings register the mark \`${unregistered[0]}\`` };
    const wanted = { marks: !marks, failures: !expectedFailures && !expectsFailures };
    if (marks && !(warnings && wanted.failures))
      return { reason: "whether the tests warn, or pass unexpectedly, shows a run" };
    const [config] = uses.pytestConfigs.files;
    const { folder, pyproject } = uses.toolSettings;
    if (config?.path.endsWith(".toml"))
      return { edits: inToml(config.path, config.at, config.settings.get("addopts"), wanted) };
    if (config) return { edits: inIni(config, wanted) };
    if (pyproject) return { edits: inToml(pyproject, ["tool", "pytest", "ini_options"], undefined, wanted) };
    if (folder === undefined) return { reason: "each of many components would get a file of its own" };
    const path = folder ? `${folder}/pytest.ini` : "pytest.ini";
    return { edits: [{ kind: "create", path, text: `[pytest]\n${iniLines(wanted).join("\n")}\n` }] };
  },
});

function inToml(
  path: string,
  at: readonly string[],
  options: DataNode | undefined,
  { marks, failures }: Wanted,
): readonly Edit[] {
  const key = [...at, "addopts"];
  const text = options?.text;
  const edits: Edit[] = [];
  if (marks && text !== undefined) edits.push({ kind: "set", path, at: key, value: `${text} ${MARKS}`.trimStart() });
  else if (marks) edits.push({ kind: "add", path, at: key, value: MARKS });
  if (failures) edits.push({ kind: "set", path, at: [...at, "xfail_strict"], value: true });
  return edits;
}

function inIni({ path, line, at, settings }: PytestConfig, wanted: Wanted): readonly Edit[] {
  const options = settings.get("addopts");
  const added = iniLines({ ...wanted, marks: wanted.marks && !options });
  const edits: Edit[] = [];
  // pytest takes a pytest.ini even without a section.
  if (at.length === 0) edits.push({ kind: "append", path, lines: ["[pytest]", ...added].join("\n") });
  else if (added.length > 0) edits.push({ kind: "insert", path, after: line, lines: added.join("\n") });
  if (wanted.marks && options) edits.push(moreOptions(path, options));
  return edits;
}

/** One more option on the line, or on a line of its own where each has one. */
function moreOptions(path: string, { text = "", line }: DataNode): Edit {
  if (text.includes("\n") || text === "") return { kind: "insert", path, after: line, lines: `    ${MARKS}` };
  return { kind: "replace", path, line, piece: text, by: `${text} ${MARKS}` };
}

function iniLines({ marks, failures }: Wanted): readonly string[] {
  return [...(marks ? [`addopts = ${MARKS}`] : []), ...(failures ? ["xfail_strict = true"] : [])];
}
