import { ci } from "./ci.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { preCommit } from "./pre-commit.ts";
import { workflows } from "./workflows.ts";

/** A place that looks for secrets in changes. */
export interface SecretScan {
  readonly tool: string;
  readonly path: string;
  readonly line: number;
}

export interface SecretScans {
  readonly scans: readonly SecretScan[];
  readonly unread: readonly UnreadFile[];
}

const ACTION =
  /^(gitleaks\/gitleaks-action|zricethezav\/gitleaks-action|trufflesecurity\/trufflehog|gitguardian\/ggshield(-action)?|secret-scanner\/action|reviewdog\/action-(gitleaks|detect-secrets))(\/[\w-]+)*@/i;
const SCANNER = /gitleaks|trufflehog|detect-secrets|ggshield|git-secrets|kingfisher/i;
const PROGRAM =
  /^(gitleaks|trufflehog|trufflehog3|detect-secrets|detect-secrets-hook|ggshield|git-secrets|kingfisher)$/;

/** Scanners for secrets in hooks and in CI. */
export const secretScans = defineFact({
  spans: "repository",
  uses: { workflows, ci, preCommit },
  combine: ({ uses }): SecretScans => {
    const inActions = uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap(({ steps }) =>
        steps.flatMap(({ uses: action }) =>
          action && (ACTION.test(action.text) || (action.kind === "docker" && SCANNER.test(action.image)))
            ? [{ tool: action.text.split("@")[0] ?? "", path, line: action.line }]
            : [],
        ),
      ),
    );
    const inCommands = uses.ci.jobs
      .flatMap(({ commands }) => commands)
      .flatMap(({ words, path, line }) => {
        const tool = words.find((word) => PROGRAM.test(word.replace(/^.*\//, "").replace(/[:@].*$/, "")));
        return tool === undefined ? [] : [{ tool, path, line }];
      });
    const inHooks = uses.preCommit.hooks.flatMap(({ id, command, repository, path, line }) =>
      // pre-commit reads the file at the root.
      !path.includes("/") &&
      (SCANNER.test(id) || SCANNER.test(repository) || (repository === "local" && SCANNER.test(command)))
        ? [{ tool: id, path, line }]
        : [],
    );
    return {
      scans: [...inActions, ...inCommands, ...inHooks],
      unread: [...uses.workflows.unread, ...uses.ci.unread, ...uses.preCommit.unread],
    };
  },
});
