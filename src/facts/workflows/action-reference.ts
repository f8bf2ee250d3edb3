import type { DataNode } from "../formats/node.ts";
import { resolvePath } from "../tree.ts";
import type { ActionReference } from "./model.ts";

/** What a `uses:` names, with the comment behind it in the file's lines; undefined where the key is absent or no text. */
export function readActionReference(node: DataNode | undefined, lines: readonly string[]): ActionReference | undefined {
  const text = node?.text?.trim();
  if (!node || !text) return undefined;
  const comment = /\s#(.*)\r?$/.exec(lines[node.line - 1] ?? "")?.[1]?.trim();
  const place = { text, line: node.line, comment };
  if (text.startsWith("docker://")) return { ...place, kind: "docker", image: text.slice("docker://".length) };
  if (/^[.$]\.?(\/|$)/.test(text)) {
    const path = resolvePath("", text.replace(/^\$/, "."));
    return path === undefined ? { ...place, kind: "invalid" } : { ...place, kind: "local", path };
  }
  const parts = /^([\w.-]+)\/([\w.-]+)((?:\/[^@]*)?)(?:@(.+))?$/.exec(text);
  if (!parts?.[1] || !parts[2]) return { ...place, kind: "invalid" };
  const [, owner, repository, path, ref] = parts;
  return { ...place, kind: "remote", owner, repository, path: (path ?? "").replace(/^\//, ""), ref };
}

/** True for a reference to this action, whatever its version; the name is `owner/repository`, in lower case. */
export function isAction(reference: ActionReference | undefined, name: string): boolean {
  return (
    reference?.kind === "remote" &&
    `${reference.owner}/${reference.repository}`.toLowerCase() === name &&
    reference.path === ""
  );
}
