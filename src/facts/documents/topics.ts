import { nameOf, type Tree } from "../tree.ts";

/** What a document is about, as far as its path tells. */
export type Topic = "readme" | "general" | "agents" | "contributing" | "operations" | "goals" | "targets";

/** Documents that are read on one topic: those nearest to the root. */
export const MOST_ON_ONE_TOPIC = 6;

const FORMAT = /\.(md|markdown|mdx|rst|adoc|asciidoc)$/i;
/** The root, and the documentation of the repository or of one of its parts. */
const PLACE =
  /^(\.github\/)?[^/]+$|^([^/]+\/){0,2}(docs?|documentation|guides?|runbooks?|operations|wiki)\/([^/]+\/){0,5}[^/]+$/i;
const OTHERS_WORDS =
  /(^|\/)(_build|versioned_docs|locales?|i18n|translations?|templates?|tests?|fixtures|examples?|node_modules|releases?|release-notes|blog|(zh|ja|ko|ru|es|fr|de|pt|it|tr|uk|vi|id|fa|pl)([-_]\w+)?)\//i;

const NAMES: Readonly<Record<Topic, RegExp>> = {
  readme: /^readme$/,
  general: /^(index|all|manual|handbook|guide|documentation|infrastructure|introduction|overview|about)$/,
  agents: /^(agents|claude|copilot-instructions)$/,
  contributing:
    /^(contributing|contribute|hacking|develop(ing|ment|ers?)?|(developer|development|contributor)s?-(guide|setup)|local-development)$/,
  operations:
    /^((.+-)?run-?books?|operat(ions?|ing)(-.+)?|ops|playbooks?|on-?call(-.+)?|incidents?(-.+)?|(.+-)?deploy(ing|ment|ments|s)?(-.+)?|production(-.+)?|roll-?backs?|(.+-)?back-?ups?(-.+)?|restor(e|ing)(-.+)?|disaster-recovery|recovery|upgrad(e|es|ing)(-.+)?|updating|releasing|release-(process|checklist|management)|hotfix(es)?|troubleshooting|maintenance|admin(istration)?(-guide)?|hosting|self-host(ed|ing))$/,
  goals:
    /^((project-|product-|business-)?(goals?|vision|mission|objectives|requirements|scope|brief|charter)|prd|use-?cases|personas|non-?goals|(functional|non-?functional)-requirements|compliance|purpose)$/,
  targets:
    /^(slos?|slas?|slis?|service-levels?(-.+)?|non-?functional(-.+)?|nfrs?|(performance|reliability|availability|latency|quality)-(targets?|goals?|objectives?|requirements?|budgets?))$/,
};
const FOLDERS: Partial<Record<Topic, RegExp>> = {
  contributing: /(^|\/)(contribut(ing|ors?)|develop(ment|ers?)|hacking)\/[^/]+$/i,
  operations:
    /(^|\/)(runbooks?|operations?|ops|playbooks?|on-?call|incidents?|deploy(ment|ing)?|administration)\/[^/]+$/i,
};

/** The topics of a first-party document by its name and folder; none for what is no document. */
export function topicsOf(path: string, tree: Tree): readonly Topic[] {
  const name = nameOf(path);
  const isReadme = /^readme(\.txt)?$/i.test(name);
  if (!(FORMAT.test(name) || isReadme) || !PLACE.test(path)) return [];
  if (OTHERS_WORDS.test(path) || !tree.isFirstParty(path)) return [];
  const plain = name
    .toLowerCase()
    .replace(/\.\w+$/, "")
    .replace(/[_ .]/g, "-")
    .replace(/^\d+-/, "");
  const topics = Object.keys(NAMES) as readonly Topic[];
  return topics.filter((topic) => {
    if (topic === "readme") return NAMES.readme.test(plain) && IS_SHOWN.test(path);
    if (topic === "general") return NAMES.general.test(plain) && IS_ENTRY.test(path);
    return NAMES[topic].test(plain) || FOLDERS[topic]?.test(path);
  });
}

/** A README that GitHub shows for the repository; a page by which its documentation is entered. */
const IS_SHOWN = /^(\.github\/|docs\/)?[^/]+$/i;
const IS_ENTRY = /^(docs?|documentation)\/((source|src|docs|content)\/)?[^/]+$/i;
