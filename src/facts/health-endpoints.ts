import { dependencies, runtimeOf } from "./dependencies.ts";
import { healthProbes } from "./health-probes.ts";
import { probedPaths } from "./probed-paths.ts";
import { routes } from "./routes.ts";
import { isHealthPath, readHealthPaths } from "./source/health-paths.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";
import { nameOf } from "./tree.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface HealthEndpoints {
  /** Where it shows that a component says whether it can serve. */
  readonly all: readonly (Place & { readonly says: string })[];
  /** A check from outside that may ask for any of its paths. */
  readonly check: Place | undefined;
}

const DISTRIBUTION =
  /^(django-(health-check|healthchecks?|watchman|alive|easy-health-check)|py-healthcheck|healthcheck|fastapi-health(check)?|flask-healthz?|flask-health-check|(python-|mozilla-django-)?dockerflow|grpcio-health-checking|aiohttp-healthcheck|lagom-healthcheck)$/;
const MODULES = [
  "grpc_health",
  "health_check",
  "watchman",
  "dockerflow",
  "fastapi_health",
  "flask_healthz",
  "healthcheck",
];

/** Endpoints of health: routes by their paths, what middleware answers, libraries, paths that probes ask for. */
export const healthEndpoints = defineSourceFact({
  uses: { routes, sourceImports, dependencies, probedPaths, healthProbes },
  extract: readHealthPaths,
  combine: ({ files, uses, component }): HealthEndpoints => ({
    all: [
      ...uses.routes.all
        .filter(
          ({ url, handler }) =>
            isHealthPath(url) || /health_?check|health(z|View)?$/i.test(handler?.name.slice(0, 100) ?? ""),
        )
        .map(({ path, line, url }) => ({ path, line, says: `${url} states it.` })),
      ...uses.routes.foreign
        .filter(({ target, prefix }) => /health|watchman/.test(target ?? "") || isHealthPath(prefix))
        .map(({ path, line, prefix }) => ({ path, line, says: `${prefix} states it.` })),
      ...files.flatMap(({ path, parsed }) =>
        parsed.map(({ url, line }) => ({ path, line, says: `${url} states it.` })),
      ),
      ...uses.sourceImports.of(...MODULES).map(({ path, line, name }) => ({ path, line, says: `${name} states it.` })),
      ...[...runtimeOf(uses.dependencies)]
        .filter(([name]) => DISTRIBUTION.test(name))
        .map(([name, { path, line }]) => ({ path, line, says: `${name} states it.` })),
      ...uses.probedPaths
        .filter(({ path }) => path.startsWith(component.root))
        .map(({ path, line, url }) => ({ path, line, says: `A probe asks for ${url}.` })),
    ],
    check: uses.healthProbes.units.find(({ path, value }) => value > 0 && path.includes(nameOf(component.root))),
  }),
});
