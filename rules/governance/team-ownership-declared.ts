import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Reviewers that are a team, or a section for people, let the owner be seen; a person is one holiday away. */
const SEEN = 0.6;
const PERSON = 0.3;

export default defineRule({
  title: "A team owns the service and can be reached",
  severity: "low",
  why: "A service whose owner is a person, or nobody, is found without one on the day that it breaks.",
  fix: "Add catalog-info.yaml with spec.owner, or a MAINTAINERS file that names the team and how to reach it.",
  byHand: "which team owns the service, and how it is reached, is for people to say",
  references: ["https://backstage.io/docs/features/software-catalog/descriptor-format/"],
  peers: ["kube-linter required-label-owner", "CLOMonitor maintainers", "OpenSSF OSPS-GV-01"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["ownership", "operation"],
  check({ ownership: { places, unread }, operation: { notOperated } }) {
    if (notOperated) return skip(notOperated);
    const named = places.filter(({ owner }) => owner !== "nobody");
    const made = named.find(({ kind, owner }) => owner === "team" && kind !== "codeowners" && kind !== "section");
    if (made) return pass([{ ...made, found: SAYS[made.kind] }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const team = named.find(({ owner }) => owner === "team");
    if (team) return partial(SEEN, [{ ...team, found: SAYS[team.kind] }]);
    const [person] = named;
    if (person) return partial(PERSON, [{ ...person, found: "The owner is a person, not a team." }]);
    const [empty] = places;
    return fail([
      empty ? { ...empty, found: "The file names no owner." } : { found: "Nothing names the team that owns it." },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "catalog-info.yaml":
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: shop }\nspec: { type: service, owner: group:orders }\n",
      "requirements.txt": "fastapi\ngunicorn\n",
      "shop/api.py": "",
    },
    fails: { "README.md": "# Shop\n", "requirements.txt": "fastapi\ngunicorn\n", "shop/api.py": "" },
  },
});

const SAYS = {
  catalogue: "The catalogue names the owner.",
  file: "A file names the owners.",
  label: "The manifest's labels name the owner.",
  codeowners: "CODEOWNERS asks a team for reviews; nothing says that it owns the service.",
  section: "A section says who is there; nothing that tools read names the owner.",
} as const;
