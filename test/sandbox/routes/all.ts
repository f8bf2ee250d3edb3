import { apps } from "./apps.ts";
import { checks } from "./checks.ts";
import { contents } from "./contents.ts";
import { pulls } from "./pulls.ts";
import type { Route } from "./route.ts";

/** Every operation of GitHub that the sandbox knows. */
export const allRoutes: readonly Route[] = [...apps, ...contents, ...pulls, ...checks];
