import { defineFact } from "./fact.ts";
import { licence } from "./licence.ts";
import { readme } from "./readme.ts";

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

export interface ReadmeEssentials {
  readonly path: string;
  /** True when only the beginning of the file is held. */
  readonly cut: boolean;
  /** What it does not tell, in words. */
  readonly missing: readonly string[];
  /** How much of what must be told there is. */
  readonly of: number;
}

/** What the README leaves out of what everybody needs first; undefined without a README. */
export const readmeEssentials = defineFact({
  spans: "repository",
  uses: { readme, licence },
  combine: ({ uses }): ReadmeEssentials | undefined => {
    const found = uses.readme.readme;
    if (!found) return undefined;
    const { path, cut, text, headings, linksToSite } = found;
    const has = ([name, [heading, command]]: (typeof all)[number]): boolean =>
      headings.some((one) => heading.test(one.text)) ||
      command.test(text) ||
      linksToSite ||
      (name === "licence or contact" && uses.licence.files.length > 0);
    const all = Object.entries(ESSENTIALS);
    return { path, cut, missing: all.filter((one) => !has(one)).map(([name]) => name), of: all.length };
  },
});
