import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The README tells how to install, run and test",
  severity: "medium",
  why: "Whoever is on call, or new, needs these three commands before anything else, and finds them here or asks around.",
  fix: "Add sections for installation, usage and development to the README, each with the command to copy, and name the licence or a contact.",
  byHand: "how it is used is for people to say",
  references: ["https://www.makeareadme.com/"],
  peers: ["OpenSSF OSPS-DO-01.01", "OpenSSF Best Practices documentation_basics"],
  scope: "repository",
  needs: ["readme", "licence"],
  check({ readme: { readme, unread }, licence }) {
    if (!readme) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return skip("there is no README");
    }
    const { path, text, headings, cut, linksToSite } = readme;
    const has = ([heading, command]: readonly [RegExp, RegExp]) =>
      headings.some((one) => heading.test(one.text)) || command.test(text) || linksToSite;
    const found = Object.entries(ESSENTIALS).filter(
      ([name, patterns]) => has(patterns) || (name === "licence or contact" && licence.files.length > 0),
    );
    const missing = Object.keys(ESSENTIALS).filter((name) => !found.some(([one]) => one === name));
    if (missing.length === 0)
      return pass([{ path, line: 1, found: "It tells how to install, run and test, and under which terms." }]);
    if (cut) cannotJudge(`only the beginning of ${path} could be read`);
    const place = [{ path, line: 1, found: `It does not tell: ${missing.join(", ")}.` }];
    return missing.length === 4 ? fail(place) : partial(found.length / 4, place);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "README.md":
        "# Slug\n\n    pip install slug\n\n## Usage\n\nCall slug.\n\n## Development\n\nRun pytest.\n\n## License\n\nMIT\n",
      "slug.py": "",
    },
    fails: { "README.md": "# Slug\n\nMakes slugs.\n", "slug.py": "" },
  },
});

/** What must be told: a heading, in the languages that are seen often, or the command itself. */
const ESSENTIALS: Readonly<Record<string, readonly [heading: RegExp, command: RegExp]>> = {
  install: [
    /install|set.?up|getting started|get started|quick ?start|requirements|prerequisites|deploy|安装|インストール|설치|instala|установка|einrichtung/i,
    /\b(pip3? install|uv (add|sync|tool install|pip install)|poetry (install|add)|pipenv install|conda (install|env create)|pdm (install|add)|pipx install|docker[- ]compose|docker (build|pull|run)|make (install|setup|bootstrap)|git clone)\b/,
  ],
  use: [
    /usage|\buse\b|using|run|start|example|tutorial|how to|quick ?start|features|demo|commands|api|使用|使い方|사용|실행|uso|использование/i,
    /```(python|py|pycon|console|bash|sh|shell)|\b(python3? -m|python3? \S+\.py|uvicorn|gunicorn|flask run|manage\.py runserver|docker[- ]compose|docker run|make (run|serve|start|up|dev)\b|import \w+|>>> )/,
  ],
  "develop or test": [
    /test|develop|contribut|hacking|building|local|开发|テスト|개발|테스트|desarrollo|разработка/i,
    /\b(pytest|tox|nox|make (test|check)|python3? -m unittest|manage\.py test|hatch test|CONTRIBUTING|pre-commit)\b/,
  ],
  "licence or contact": [
    /licen[cs]e|copyright|contact|support|community|help|maintainer|author|credits|许可|ライセンス|라이선스|licencia|лицензия/i,
    /\b(licen[cs]ed? under|LICENSE|MIT|Apache 2|BSD|GPL)\b/i,
  ],
};
