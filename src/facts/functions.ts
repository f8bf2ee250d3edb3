import { cloudTemplates } from "./cloud-templates.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import { configuredFunctions } from "./functions/configured.ts";
import { type DeclaredFunction, type Grant, isOtherLanguage } from "./functions/model.ts";
import { templateFunctions } from "./functions/templates.ts";
import { terraformFunctions } from "./functions/terraform.ts";
import { terraform } from "./terraform.ts";
import { isAuxiliary } from "./tree.ts";

export type { DeclaredFunction } from "./functions/model.ts";

export interface Functions {
  /** Functions of Python, or of no language that is named. */
  readonly declared: readonly DeclaredFunction[];
  /** Permissions of everything. */
  readonly wildcards: readonly Grant[];
  /** A program that declares functions, and is not read. */
  readonly program: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const isConfiguration = globs("**/.chalice/config.json", "**/zappa_settings.json", "**/host.json");
const isProgram = globs("**/cdk.json", "**/Pulumi.{yml,yaml}", "**/serverless.{ts,js}");

/** The functions that platforms call, as templates and settings declare them. */
export const functions = defineFact({
  spans: "repository",
  uses: { cloudTemplates, terraform },
  reads: (path, tree) => isConfiguration(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }) => configuredFunctions(path, parseJson(text)),
  combine: ({ files, unread, tree, uses }): Functions => {
    const found = [
      ...uses.cloudTemplates.templates.map(templateFunctions),
      ...uses.terraform.modules.map(terraformFunctions),
      ...files.map(({ parsed }) => parsed),
    ].map(({ declared, wildcards }) => {
      const own = declared.filter(({ runtime }) => !isOtherLanguage(runtime));
      return { declared: own, wildcards: own.length > 0 ? wildcards : [] };
    });
    return {
      declared: found.flatMap(({ declared }) => declared),
      wildcards: found.flatMap(({ wildcards }) => wildcards),
      program: tree.paths.find((path) => isProgram(path) && tree.isFirstParty(path) && !isAuxiliary(path)),
      unread: [...unread, ...uses.cloudTemplates.unread, ...uses.terraform.unread],
    };
  },
});
