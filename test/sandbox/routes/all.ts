import { advisories } from "./advisories.ts";
import { apps } from "./apps.ts";
import { checks } from "./checks.ts";
import { codeScanning } from "./code-scanning.ts";
import { comments } from "./comments.ts";
import { contents } from "./contents.ts";
import { deliveries } from "./deliveries.ts";
import { gitData } from "./git-data.ts";
import { pulls } from "./pulls.ts";
import { rateLimit } from "./rate-limit.ts";
import { reviews } from "./reviews.ts";
import type { Route } from "./route.ts";
import { settings } from "./settings.ts";

/** Every operation of GitHub that the sandbox knows. */
export const allRoutes: readonly Route[] = [
  ...apps,
  ...deliveries,
  ...rateLimit,
  ...contents,
  ...gitData,
  ...pulls,
  ...reviews,
  ...comments,
  ...checks,
  ...settings,
  ...advisories,
  ...codeScanning,
];
