import { cannotJudge, cannotRepair, defineRule, type Edit, pass, skip, worstOf } from "../../src/rule.ts";

/** Profiles whose functions work on what others send. */
const SERVES: ReadonlySet<string> = new Set(["web-service", "worker", "serverless"]);

export default defineRule({
  title: "No input is turned into code",
  severity: "high",
  why: "Whoever can choose what is unpickled, loaded as YAML of any class or evaluated runs code in the program.",
  fix: "Use `json` or `yaml.safe_load`, `ast.literal_eval` for literals, and `weights_only=True` for models.",
  references: ["https://docs.python.org/3/library/pickle.html", "https://cwe.mitre.org/data/definitions/502.html"],
  peers: ["ruff S301", "ruff S302", "ruff S307", "ruff S102", "ruff S506", "bandit B301", "bandit B506", "bandit B614"],
  needs: ["codeLoads", "profile"],
  check({ codeLoads: { all, read, unread }, profile }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const places = all.map(({ path, line, called, kind, origin, isMeant }) => {
      const isInput =
        origin === "external" || (origin === "parameter" && kind === "evaluate" && SERVES.has(profile.id));
      // A cache, a model or a plugin of one's own is as safe as the place where it lies.
      const value = kind === "yaml" || (isInput && !isMeant) ? 0 : kind === "full-yaml" || isMeant ? 0.8 : 0.5;
      return { path, line, found: { value, called, kind } };
    });
    if (places.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return places.length === 0 ? pass() : worstOf(places);
  },
  message({ found: { value, called, kind } }) {
    if (kind === "yaml") return `\`${called}\` makes objects of any class that the YAML names.`;
    if (kind === "full-yaml") return `\`${called}\` knows more classes than \`SafeLoader\`.`;
    if (value === 0) return `\`${called}\` turns what comes from outside into code.`;
    return kind === "pickle"
      ? `\`${called}\` runs whatever its data says: whoever can write that data runs code here.`
      : `\`${called}\` runs a text that is not written out here.`;
  },
  repair({ codeLoads: { all } }) {
    const edits = all.flatMap(({ path, safe }): readonly Edit[] => (safe ? [{ kind: "replace", path, ...safe }] : []));
    if (edits.length === 0) cannotRepair("what is to be read instead is for people to say");
    return edits;
  },
  examples: {
    passes: { "shop/basket.py": "import json\n\n\ndef basket(request):\n    return json.loads(request.body)\n" },
    fails: { "shop/basket.py": "import pickle\n\n\ndef basket(request):\n    return pickle.loads(request.body)\n" },
  },
});
