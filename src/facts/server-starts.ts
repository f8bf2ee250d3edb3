import { dependencies, runtimeOf } from "./dependencies.ts";
import type { UnreadFile } from "./fact.ts";
import { type Served, servedIn } from "./server-starts/commands.ts";
import { readServers, type ServerRun } from "./source/servers.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";
import { type StartCommand, startCommands } from "./start-commands.ts";
import { folderOf } from "./tree.ts";

/** A start of the service, with the server that it comes to. */
export interface ServerStart {
  readonly path: string;
  readonly line: number;
  readonly server: "production" | "development" | "unknown";
  readonly what: string;
  readonly by: StartCommand["by"];
  /** The option by which it reloads, as its file has it, with what parts it from the word before. */
  readonly reload?: string | undefined;
}

export interface ServerStarts {
  readonly starts: readonly ServerStart[];
  /** Where the adapter of a platform of functions takes the place of a server. */
  readonly adapter: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Programs that commands name, which are looked for. */
const MOST_PROGRAMS = 500;
/** Images that bring the server. */
const SERVER_IMAGE = /(^|\/)(uvicorn-gunicorn|meinheld-gunicorn|uwsgi-nginx|gunicorn|mod[-_]wsgi|unit)(-|:|$)/;
const ADAPTERS = ["mangum", "apig_wsgi", "awsgi", "serverless_wsgi", "aws_wsgi", "vercel_wsgi"];
/** Frameworks whose `app.run()` is for development, and those whose own server is for production. */
const OF_DEVELOPMENT = /^(flask|quart|dash|bottle|apiflask|connexion)$/;
const OF_PRODUCTION = /^(sanic|aiohttp|tornado|nicegui|robyn|blacksheep|japronto|cherrypy|fastmcp|socketify)$/;

const RELOAD = /, ?"--(?:auto-)?reload"|\s--(?:auto-)?reload(?=\s|$)/;

/** Which server the service runs on in production. */
export const serverStarts = defineSourceFact({
  extract: readServers,
  uses: { dependencies, startCommands, sourceImports },
  combine: ({ files, unread, uses }): ServerStarts => {
    const runs = new Map(files.map(({ path, parsed }) => [path, parsed]));
    const needed = [...runtimeOf(uses.dependencies).keys()];
    const isForDevelopment =
      needed.some((name) => OF_DEVELOPMENT.test(name)) && !needed.some((name) => OF_PRODUCTION.test(name));
    const inCharts = uses.startCommands.charts.flatMap(({ path, line, text }): readonly ServerStart[] =>
      servedIn(text).flatMap((served) =>
        served.kind === "production" ? [{ path, line, server: "production", what: served.what, by: "manifest" }] : [],
      ),
    );
    const paths = new Map<string, string | undefined>();
    const programOf = (file: string, from: string): readonly ServerRun[] | undefined => {
      const key = `${folderOf(from)}\0${file}`;
      const path = paths.has(key) ? paths.get(key) : paths.size < MOST_PROGRAMS ? pathOf(file, from, runs) : undefined;
      paths.set(key, path);
      return path === undefined ? undefined : runs.get(path);
    };
    const starts = uses.startCommands.commands.filter(saysSomething).map((command): ServerStart => {
      const { path, line, by } = command;
      const found = command.texts
        .flatMap(servedIn)
        .flatMap((served) => comesTo(served, path, programOf, isForDevelopment) ?? []);
      const production = found.find(({ server }) => server === "production");
      const doubtful = found.find(({ server }) => server === "unknown");
      const chosen = production ?? doubtful ?? found[0] ?? fromBase(command);
      return { path, line, by, ...chosen, reload: RELOAD.exec(command.written ?? command.texts[0] ?? "")?.[0] };
    });
    const [adapter] = uses.sourceImports.of(...ADAPTERS);
    return {
      starts: [...starts, ...inCharts],
      adapter: adapter && { path: adapter.path, line: adapter.line },
      unread: [...uses.startCommands.unread, ...unread],
    };
  },
});

type Found = Pick<ServerStart, "server" | "what">;

function comesTo(
  served: Served,
  path: string,
  programOf: (file: string, from: string) => readonly ServerRun[] | undefined,
  isForDevelopment: boolean,
): Found | undefined {
  if (served.kind !== "program") return { server: served.kind, what: served.what };
  const runs = programOf(served.file, path);
  // A module that starts no server prepares one, or hides it; alone it leaves the start unknown.
  if (runs?.length === 0) return undefined;
  const unknown: Found = { server: "unknown", what: served.file };
  if (!runs) return unknown;
  if (runs.some(({ kind }) => kind === "production")) return { server: "production", what: served.file };
  const [run] = runs.filter(({ kind }) => kind === "development" || isForDevelopment);
  return run?.isCertain ? { server: "development", what: `${describe(run)}, which ${served.file} starts` } : unknown;
}

function describe({ kind, what }: ServerRun): string {
  return kind === "application" ? "the framework's development server" : what;
}

/** An image without a command of its own starts whatever is given to it, unless its base brings a server. */
function saysSomething({ texts, base }: StartCommand): boolean {
  return texts.some((text) => text.trim() !== "") || (base !== undefined && SERVER_IMAGE.test(base));
}

function fromBase({ base }: StartCommand): Found {
  return base !== undefined && SERVER_IMAGE.test(base)
    ? { server: "production", what: base }
    : { server: "unknown", what: "" };
}

/** The module that a command names: beside the Dockerfile, or the only one of that name. */
function pathOf(file: string, from: string, sources: ReadonlyMap<string, unknown>): string | undefined {
  const names = file.endsWith(".py") ? [file] : [`${file}.py`, `${file}/__main__.py`];
  const folder = folderOf(from);
  const beside = names.map((name) => (folder === "" ? name : `${folder}/${name}`)).find((path) => sources.has(path));
  if (beside !== undefined) return beside;
  const short = names.flatMap((name) => [
    name,
    name.replace(/^(app|code|src|srv|usr\/src\/app|opt\/app|home\/\w+)\//, ""),
  ]);
  const found = [...sources.keys()].filter((path) => short.some((name) => path === name || path.endsWith(`/${name}`)));
  return found.length === 1 ? found[0] : undefined;
}
