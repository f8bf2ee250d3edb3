import { dependencies, runtimeOf } from "./dependencies.ts";
import { execForm } from "./dockerfiles/instructions.ts";
import { lineageOf } from "./dockerfiles/stages.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { healthProbes } from "./health-probes.ts";
import { kubernetes } from "./kubernetes.ts";
import { type Route, routes } from "./routes.ts";
import { isHealthPath } from "./source/health-paths.ts";
import { sourceImports } from "./source-imports.ts";

/** What asks the one route of health that the code has, where something is run without being asked. */
export interface MissingProbes {
  /** Behind the line of an instruction. */
  readonly healthchecks: readonly { readonly path: string; readonly line: number; readonly text: string }[];
  /** Of the container whose map starts on the line. */
  readonly readiness: readonly {
    readonly path: string;
    readonly line: number;
    readonly url: string;
    readonly port: number;
  }[];
}

/** What refuses a request for a name or a protocol that it does not know. */
const REFUSES_HOSTS =
  /^(?:(?:starlette|fastapi)\.middleware\.(?:trustedhost|httpsredirect)|flask_talisman|flask_sslify|secure)(?:\.|$)/;
/** The decorator that makes it a route keeps nobody out. */
const DECLARES = /(?:^|\.)(?:get|route|api_route)$/;
const PYTHON = /^(?:docker\.io\/(?:library\/)?)?python(?::|$)/;
const PLAIN_URL = /^\/[\w./-]*$/;
const PORT = /(?::|--port[ =]|-p )(\d{2,5})(?!\d)/g;

/** Probes that are missing, and can be told from the code's only route of health and the only port. */
export const missingProbes = defineFact({
  spans: "repository",
  uses: { dependencies, dockerfiles, healthProbes, kubernetes, routes, sourceImports },
  combine: ({ uses }): MissingProbes => {
    const url = healthUrl(uses.routes.all);
    // Django answers only to the names of its hosts.
    const isPicky =
      runtimeOf(uses.dependencies).has("django") || uses.sourceImports.all.some(({ name }) => REFUSES_HOSTS.test(name));
    const [unit, ...others] = uses.healthProbes.units;
    if (url === undefined || isPicky || !unit || others.length > 0 || unit.value > 0)
      return { healthchecks: [], readiness: [] };
    const image = uses.dockerfiles.files.find(({ path }) => unit.kind === "image" && path === unit.path);
    const check = image && healthcheckOf(image, url);
    const pods = uses.kubernetes.workloads.filter(({ path }) => unit.kind === "pod" && path === unit.path);
    const ports = pods.flatMap(({ spec }) =>
      (spec.get("template", "spec", "containers")?.items ?? []).flatMap((container) =>
        (container.get("ports")?.items ?? []).map((port) => port.get("containerPort")?.number),
      ),
    );
    const [port] = ports;
    return {
      healthchecks: check ? [{ path: unit.path, ...check }] : [],
      readiness: port !== undefined && ports.length === 1 ? [{ path: unit.path, line: unit.line, url, port }] : [],
    };
  },
});

/** The only path of health that anybody may get. */
function healthUrl(all: readonly Route[]): string | undefined {
  const found = all.filter(
    ({ url, methods, guards }) =>
      isHealthPath(url) &&
      PLAIN_URL.test(url) &&
      guards.every((name) => DECLARES.test(name)) &&
      (methods?.includes("GET") ?? true),
  );
  const urls = new Set(found.map(({ url }) => url));
  return urls.size === 1 ? found[0]?.url : undefined;
}

/** Python itself asks, for nothing else is sure to be in the image. */
function healthcheckOf({ shipped, stages }: Dockerfile, url: string): { line: number; text: string } | undefined {
  const { origin, instructions, entrypoint, command } = shipped;
  const first = instructions.find(({ keyword }) => /^(CMD|ENTRYPOINT)$/.test(keyword));
  if (!first || origin.kind !== "image" || !PYTHON.test(origin.reference)) return undefined;
  const start = [entrypoint, command].map((one) => (one ? (execForm(one.text)?.join(" ") ?? one.text) : "")).join(" ");
  const exposed = lineageOf(shipped, stages).flatMap((stage) =>
    stage.instructions.flatMap(({ keyword, words }) => (keyword === "EXPOSE" ? words.map(({ text }) => text) : [])),
  );
  const ports = new Set([
    ...exposed.map((text) => text.replace(/\/tcp$/, "")),
    ...[...start.matchAll(PORT)].map(([, port]) => port),
  ]);
  const [port] = ports;
  if (!port || ports.size > 1 || /\$|--(?:certfile|ssl-)/.test(start) || !/^\d+$/.test(port)) return undefined;
  const code = `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}${url}', timeout=3)`;
  return { line: first.line, text: `HEALTHCHECK CMD ["python", "-c", "${code}"]` };
}
