import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { releases } from "./releases.ts";
import { executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Step, Workflow, Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A credential that reaches more than what needs it. */
export interface CredentialExposure {
  readonly path: string;
  readonly line: number;
  readonly kind: "inherited" | "all secrets" | "literal password" | "no environment" | "kept on disk";
  /** The secret, workflow or action. */
  readonly name: string;
  /** True for a token that is kept on disk and that can only read, or that lies outside the checkout. */
  readonly isLow: boolean;
  /** True for a token that is kept on disk where a later step may need it in ways that its files do not tell. */
  readonly mayBeUsed?: boolean;
}

export interface CredentialExposures {
  /** Jobs that have a credential: each with what exposes it. */
  readonly jobs: readonly { readonly exposures: readonly CredentialExposure[] }[];
  readonly hasWorkflows: boolean;
  readonly unread: readonly UnreadFile[];
}

const ALL_SECRETS = /toJSON\(\s*secrets\s*\)/i;
const SECRET = /\bsecrets\.(?!GITHUB_TOKEN\b)(\w+)/i;
const CHECKOUT = "actions/checkout";
/** From this version on the token lies outside the checkout. */
const OUTSIDE = 6;
/** What pushes with the token of the checkout. */
const PUSHES =
  /\bgit\b[^\n]{0,200}\b(push|fetch|pull|submodule|remote)\b|\b(mike|gh-deploy|semantic-release|bumpver|bump-my-version|cz bump|changeset|lerna|ghp-import|standard-version)\b|--push\b/;
const PUSHING_ACTION =
  /git-auto-commit|add-and-commit|create-pull-request|gh-pages|github-pages-deploy|github-push|release-please|semantic-release|changesets\/action|commit|push|backport|cherry-pick|autofix|bump|tag|docs|deploy|copybara|sync/i;

/** What asks the remote for more of the repository, or runs what does. */
const MAY_FETCH =
  /changed-files|paths-filter|diff|sonar|reviewdog|chromatic|codeball|\bnx\b|turbo|gitversion|version|danger|mega-?linter|super-linter/i;
const RUNS_ELSEWHERE =
  /(^|[\s;&|])(\.{1,2}\/|(bash|sh|make|just|task|tox|nox|inv|invoke|npm|yarn|pnpm|hatch|python3?|uv|uvx|poetry|pdm|pixi) )[^\n]{0,200}(release|publish|deploy|push|tag|bump|version|changelog|sync|updat|commit|backport|merge|lfs)/i;
/** Who commits means to push. */
const COMMITS = /\bgit config\b[^\n]{0,100}\buser\.(name|email)/;

/** Secrets and tokens in GitHub's workflows, and what exposes them. */
export const credentialExposures = defineFact({
  spans: "repository",
  uses: { workflows, releases },
  combine: ({ uses: { workflows: found, releases: released } }): CredentialExposures => {
    const releasing = new Set(released.releases.map(({ job }) => job));
    return {
      jobs: found.files.flatMap((workflow) =>
        workflow.jobs
          .map((job) => ({
            job,
            exposures: [
              ...inheritedBy(workflow, job),
              ...allSecretsIn(workflow, job),
              ...passwordsIn(workflow, job),
              ...(releasing.has(job) ? withoutEnvironment(workflow, job) : []),
              ...keptOnDisk(workflow, job, found),
            ],
          }))
          .filter(({ job, exposures }) => exposures.length > 0 || hasCredential(job))
          .map(({ exposures }) => ({ exposures })),
      ),
      hasWorkflows: found.files.length > 0,
      unread: found.unread.filter(({ path }) => path.startsWith(".github/workflows/")),
    };
  },
});

function hasCredential(job: Job): boolean {
  const checksOut = job.steps.some(({ uses }) => uses?.text.toLowerCase().startsWith(`${CHECKOUT}@`));
  return checksOut || job.secrets !== undefined || secretsIn(job).length > 0;
}

function secretsIn({ node }: Job): readonly DataNode[] {
  return [...node.walk()].filter(({ text }) => SECRET.test(text ?? ""));
}

function inheritedBy({ path }: Workflow, { uses, secrets }: Job): readonly CredentialExposure[] {
  if (uses?.kind !== "remote" || secrets?.text !== "inherit") return [];
  return [{ path, line: secrets.line, kind: "inherited", name: uses.text, isLow: false }];
}

function allSecretsIn({ path }: Workflow, { node }: Job): readonly CredentialExposure[] {
  return [...node.walk()].flatMap((value) => {
    const at = value.text?.search(ALL_SECRETS) ?? -1;
    return at < 0
      ? []
      : [{ path, line: value.lineAt(at), kind: "all secrets", name: "toJSON(secrets)", isLow: false } as const];
  });
}

/** Passwords for registries that stand in the file. */
function passwordsIn({ path }: Workflow, { node, steps }: Job): readonly CredentialExposure[] {
  const containers = [node.get("container"), ...(node.get("services")?.entries.map(({ value }) => value) ?? [])];
  const holders: readonly (DataNode | undefined)[] = [
    ...containers.map((container) => container?.get("credentials")),
    ...steps.flatMap(({ uses, with: inputs }) => (/^docker\/login-action@/i.test(uses?.text ?? "") ? [inputs] : [])),
  ];
  return holders.flatMap((holder) => {
    const password = holder?.get("password");
    if (!password?.text || password.text.includes("${{")) return [];
    return [{ path, line: password.line, kind: "literal password", name: "password", isLow: false } as const];
  });
}

/** A secret of a job that releases without an environment to hold it. */
function withoutEnvironment({ path }: Workflow, job: Job): readonly CredentialExposure[] {
  const found = job.environment ? [] : secretsIn(job);
  const names = found.map((node) => ({ node, name: SECRET.exec(node.text ?? "")?.[1] ?? "" }));
  // The name of an account is the lesser half of a credential.
  const chosen = names.find(({ name }) => !/USER|LOGIN|ACCOUNT|REGION/i.test(name)) ?? names[0];
  if (!chosen) return [];
  const line = chosen.node.lineAt(chosen.node.text?.search(SECRET) ?? 0);
  return [{ path, line, kind: "no environment", name: chosen.name, isLow: false }];
}

/** Checkouts that leave the token on disk although nothing in the job pushes. */
function keptOnDisk(workflow: Workflow, job: Job, found: Workflows): readonly CredentialExposure[] {
  const steps = executedSteps(workflow, job, found).map(({ step }) => step);
  if (steps.some(pushes)) return [];
  const isLow = cannotWrite(workflow, job);
  const mayBeUsed = steps.some(mayFetch);
  return job.steps.flatMap(({ uses, with: inputs }) => {
    if (uses?.kind !== "remote" || `${uses.owner}/${uses.repository}`.toLowerCase() !== CHECKOUT) return [];
    const kept = inputs?.get("persist-credentials");
    // What is computed may be false.
    if (kept?.boolean === false || kept?.text === "false" || kept?.text?.includes("${{")) return [];
    const named = /v?(\d+)/.exec(/^[0-9a-f]{40}$/i.test(uses.ref ?? "") ? (uses.comment ?? "") : (uses.ref ?? ""))?.[1];
    const isOutside = named !== undefined && Number(named) >= OUTSIDE;
    return [
      {
        path: workflow.path,
        line: uses.line,
        kind: "kept on disk",
        name: CHECKOUT,
        isLow: isLow || isOutside,
        mayBeUsed,
      } as const,
    ];
  });
}

function pushes({ uses, run, with: inputs }: Step): boolean {
  if (
    PUSHES.test(run?.text ?? "") ||
    inputs?.get("submodules")?.boolean ||
    inputs?.get("submodules")?.text === "recursive"
  )
    return true;
  if (uses?.kind === "local") return false;
  return (
    uses !== undefined && !/^(docker|actions)\//i.test(uses.text) && PUSHING_ACTION.test(uses.text.split("@")[0] ?? "")
  );
}

function mayFetch({ uses, run, with: inputs }: Step): boolean {
  // A token of its own is given to the checkout so that it is kept.
  const given = uses?.text.toLowerCase().startsWith(`${CHECKOUT}@`) ? ["submodules", "lfs", "token", "ssh-key"] : [];
  if (given.some((key) => inputs?.has(key))) return true;
  const script = run?.text ?? "";
  return COMMITS.test(script) || RUNS_ELSEWHERE.test(script) || MAY_FETCH.test(uses?.text.split("@")[0] ?? "");
}

/** The token is declared to read only. */
function cannotWrite({ permissions: outer }: Workflow, { permissions: inner }: Job): boolean {
  const declared = (inner ?? outer)?.value;
  if (!declared) return false;
  if (declared.kind !== "map") return declared.text === "read-all" || declared.isNull;
  return declared.get("contents")?.text !== "write";
}
