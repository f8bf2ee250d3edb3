import { attributes } from "./attributes.ts";
import { components } from "./components.ts";
import type { ValueOf } from "./fact.ts";
import { iniFiles } from "./ini-files.ts";
import { profile } from "./profile.ts";
import { pyprojects } from "./pyprojects.ts";
import { pythonFiles } from "./python-files.ts";
import { readme } from "./readme.ts";

/** Every fact by the name that rules ask for. */
export const facts = {
  attributes,
  components,
  iniFiles,
  profile,
  pyprojects,
  pythonFiles,
  readme,
};

/** The values that rules see. */
export type Facts = { readonly [Name in keyof typeof facts]: ValueOf<(typeof facts)[Name]> };
