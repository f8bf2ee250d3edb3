import { operationsOf } from "../commands/operations.ts";
import { globs } from "../fact.ts";
import { nameOf } from "../tree.ts";

/** A line that applies migrations: in a step of its own before the new version serves, or while it starts. */
export interface Application {
  readonly path: string;
  readonly line: number;
  readonly when: "release" | "start";
}

const isPlatform = globs(
  "**/{Procfile,app.json,heroku.yml,fly*.toml,render.yaml,railway.{toml,json},nixpacks.toml,uwsgi.ini}",
  "**/{.do/app.yaml,.ebextensions/*.config,.platform/**/*.sh,.platform.app.yaml}",
  "manifest*.{yml,yaml}",
);
const SCRIPT = /entry-?_?point|boot|migrat|release|deploy|postinst|^(pre)?start|^(run|upgrade)/;
/** Scripts for developers: they make migrations, or try them. */
const FOR_DEVELOPERS = /test|(make|new|create|generate|add)[-_]?migration|makemigrations|^(.*[-_])?dev([-_.].*)?$/;
const STARTS = /entry-?_?point|(?<!pre)start|boot|run/i;
const ON_START = globs("**/s6-rc.d/*/run", "**/cont-init.d/*", "**/services.d/*/run");

/** True for a file that tells a platform what to run, or a script that a release or a container runs, by its name. */
export function isStartFile(path: string): boolean {
  if (isPlatform(path) || ON_START(path)) return true;
  const name = nameOf(path);
  if (!SCRIPT.test(name) || FOR_DEVELOPERS.test(name)) return false;
  return /\.(sh|bash|postinst)$/.test(name) || (/^[a-z_-]+$/.test(name) && !/\.d\//.test(path));
}

/** The lines of such a file that apply migrations. */
export function applicationsIn(path: string, text: string): readonly Application[] {
  return text.split("\n").flatMap((line, index): readonly Application[] => {
    if (/^\s*(#|\/\/|;)/.test(line) || line.length > 2_000) return [];
    const words = line.replace(/[;|&]+/g, " ").split(/\s+/);
    return operationsOf(words).includes("migration") ? [{ path, line: index + 1, when: whenOf(path, line) }] : [];
  });
}

function whenOf(path: string, line: string): Application["when"] {
  const name = nameOf(path);
  if (name === "Procfile") return line.startsWith("release:") ? "release" : "start";
  if (isPlatform(path)) return name === "uwsgi.ini" || name.startsWith("manifest") ? "start" : "release";
  return STARTS.test(name) || ON_START(path) ? "start" : "release";
}
