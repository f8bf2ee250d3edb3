import type { DataNode } from "../formats/node.ts";

/** A place with the name of what stands there. */
export interface Named {
  readonly name: string;
  readonly line: number;
}

const UPLOAD =
  /\b(twine\s+upload|uv\s+publish|poetry\s+publish|hatch\s+publish|flit\s+publish|pdm\s+publish|maturin\s+(?:publish|upload)|rye\s+publish)\b|\bsetup\.py\b.{0,200}\bupload\b/;
const CREDENTIAL =
  /^(TWINE_PASSWORD|UV_PUBLISH_TOKEN|UV_PUBLISH_PASSWORD|POETRY_PYPI_TOKEN_\w+|POETRY_HTTP_BASIC_\w+_PASSWORD|HATCH_INDEX_AUTH|FLIT_PASSWORD|PDM_PUBLISH_PASSWORD|MATURIN_PYPI_TOKEN|MATURIN_PASSWORD|PYPI_(API_)?(TOKEN|PASSWORD))$/;
/** Settings and assignments that hand one over, wherever a script has them. */
const IN_SETTINGS =
  /pypi-token\.\w+\s+\S+|http-basic\.\w+\s+\S+|\.pypirc|\b(?:TWINE_PASSWORD|UV_PUBLISH_TOKEN|UV_PUBLISH_PASSWORD|HATCH_INDEX_AUTH|FLIT_PASSWORD|PDM_PUBLISH_PASSWORD|MATURIN_PYPI_TOKEN)=\S/;
/** Options of the upload itself that do. */
const IN_OPTIONS = /\s(?:-p|--password|--token|-u\s+__token__)[ =]\S{0,200}(?:secrets\.|\$)/;
const INDEX =
  /^(TWINE_REPOSITORY(_URL)?|UV_PUBLISH_URL|FLIT_INDEX_URL|HATCH_INDEX_REPO|PDM_PUBLISH_REPO|MATURIN_REPOSITORY(_URL)?)$/;
const INDEX_OPTION = /\s(?:--repository-url|--publish-url|-r|--repository|--index|--repo)[ =]["']?([^\s"']+)/;
/** A command up to the end of its line, and the lines that it is continued on. */
const COMMAND = /^(?:[^\n\\]|\\[\s\S]){0,2000}/;
const PUBLIC_INDEX = /^(https:\/\/)?(upload|test)\.pypi\.org|^(pypi|testpypi)$|^$/;
const TRIAL_INDEX = /test\.?-?pypi/i;

/** The first command of a script that uploads to a Python index. */
export function uploadIn(script: string): { readonly how: string; readonly offset: number } | undefined {
  const match = UPLOAD.exec(script);
  return match ? { how: match[0], offset: match.index } : undefined;
}

/** The variable that holds a credential for an index; the first map that has one counts. */
export function credentialAmong(environments: readonly (DataNode | undefined)[]): Named | undefined {
  const variable = variableAmong(environments, CREDENTIAL);
  return variable && { name: variable.key, line: variable.line };
}

/** Where a script itself hands over a credential. */
export function credentialIn(script: string): { readonly name: string; readonly offset: number } | undefined {
  const name = "a credential in the script";
  const settings = script.search(IN_SETTINGS);
  if (settings >= 0) return { name, offset: settings };
  const { offset, text } = commandIn(script);
  const option = text.search(IN_OPTIONS);
  return option < 0 ? undefined : { name, offset: offset + option };
}

/** The index that a script uploads to, as its options or its environment name it; empty for PyPI. */
export function indexOf(script: string, environments: readonly (DataNode | undefined)[]): string {
  return INDEX_OPTION.exec(commandIn(script).text)?.[1] ?? variableAmong(environments, INDEX)?.value.text ?? "";
}

/** True for an index other than PyPI and TestPyPI. */
export function isPrivate(index: string): boolean {
  return !PUBLIC_INDEX.test(index);
}

/** True for TestPyPI. */
export function isTrial(index: string): boolean {
  return TRIAL_INDEX.test(index);
}

/** The upload with its own options. */
function commandIn(script: string): { readonly offset: number; readonly text: string } {
  const { offset = script.length } = uploadIn(script) ?? {};
  return { offset, text: COMMAND.exec(script.slice(offset))?.[0] ?? "" };
}

function variableAmong(
  environments: readonly (DataNode | undefined)[],
  name: RegExp,
): DataNode["entries"][number] | undefined {
  return environments.flatMap((environment) => environment?.entries ?? []).find(({ key }) => name.test(key));
}
