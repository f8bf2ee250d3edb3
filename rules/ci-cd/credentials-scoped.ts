import { cannotJudge, cannotRepair, defineRule, type Edit, offer, shareOf, skip } from "../../src/rule.ts";

/** A token that can only read, or that lies outside the checkout, counts as low. */
const LOW = 0.8;
/** One that later steps could use for more: they could, and nothing hands it to them. */
const ON_DISK = 0.5;
const SAYS = {
  inherited: (name: string) => `Every secret is handed to \`${name}\`.`,
  "all secrets": (name: string) => `\`${name}\` puts every secret into one value.`,
  "literal password": () => "The password of a registry stands in the file.",
  "no environment": (name: string) => `The job releases with \`${name}\`, and no \`environment:\` holds that secret.`,
  "kept on disk": (name: string) => `\`${name}\` leaves the token on disk for every later step.`,
};

export default defineRule({
  title: "Secrets reach only the jobs that need them",
  severity: "medium",
  why: "Each step of a job, and each package that it installs, can read what lies in the environment and on disk.",
  fix: "Set `persist-credentials: false` on `actions/checkout` where nothing pushes, name each secret that a called workflow gets, and keep those of releases in an `environment:`.",
  references: ["https://docs.zizmor.sh/audits/#artipacked", "https://docs.zizmor.sh/audits/#secrets-inherit"],
  peers: ["zizmor artipacked", "zizmor secrets-inherit", "zizmor overprovisioned-secrets", "poutine job_all_secrets"],
  appliesTo: "any",
  scope: "repository",
  needs: ["credentialExposures"],
  check({ credentialExposures: { jobs, hasWorkflows, unread } }) {
    const exposures = jobs.flatMap((job) => job.exposures);
    if (exposures.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!hasWorkflows) return skip("there are no GitHub workflows");
    if (jobs.length === 0) return skip("no job has a secret or checks anything out");
    const worth = jobs.map((job) =>
      Math.min(1, ...job.exposures.map(({ kind, isLow }) => (isLow ? LOW : kind === "kept on disk" ? ON_DISK : 0))),
    );
    // What matters most stands first.
    const places = exposures
      .toSorted((a, b) => Number(a.kind === "kept on disk") - Number(b.kind === "kept on disk"))
      .map(({ path, line, kind, name, mayBeUsed = false }) => ({ path, line, found: { kind, name, mayBeUsed } }));
    const sum = worth.reduce<number>((total, one) => total + one, 0);
    return shareOf(sum, jobs.length, places);
  },
  message: ({ found: { kind, name } }) => SAYS[kind](name),
  repair(_facts, places) {
    const kept = places.filter(({ found }) => found.kind === "kept on disk");
    if (kept.length === 0) cannotRepair("which secrets a job needs is for people to say");
    const at = ["with", "persist-credentials"];
    const edits = kept.flatMap(({ path, line, found: { mayBeUsed } }): readonly Edit[] =>
      path && !mayBeUsed ? [{ kind: "set", path, line, key: "uses", at, value: false }] : [],
    );
    return offer(edits, "a later step may need the token that is kept");
  },
  examples: {
    passes: {
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n        with: { persist-credentials: false }\n",
    },
    fails: {
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  call:\n    uses: acme/shared/.github/workflows/ci.yml@v1\n    secrets: inherit\n",
    },
  },
});
