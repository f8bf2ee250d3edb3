import { cannotJudge, defineRule, pass, skip, worstOf } from "../../src/rule.ts";

/** Profiles whose input comes from whoever runs them, in a shell of their own. */
const OWN_USER: ReadonlySet<string> = new Set(["cli", "ml", "automation", "notebooks"]);

export default defineRule({
  title: "No input reaches a shell",
  severity: "high",
  why: "A shell runs whatever a `;` or a `$(…)` in its command says, with all the rights of the program.",
  fix: "Give the command as a list, without `shell=True`. Where a shell is needed, pass every part through `shlex.quote`.",
  byHand: "what the command is to take apart, and what it is to pass on, is for people to say",
  references: [
    "https://docs.python.org/3/library/subprocess.html#security-considerations",
    "https://cwe.mitre.org/data/definitions/78.html",
  ],
  peers: ["ruff S602", "ruff S604", "ruff S605", "bandit B602", "bandit B605"],
  needs: ["shellCommands", "profile"],
  check({ shellCommands: { all, read, unread }, profile }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const places = all.map(({ path, line, called, origin, isComposed, isTooling }) => {
      const isHanded = origin === "parameter" && isComposed && !OWN_USER.has(profile.id);
      const isInput = origin === "external" || isHanded;
      const isSafe = origin === "fixed" || origin === "quoted";
      // A fixed command is a habit, not a hole; what developers run, and whole commands that are handed on, lie between.
      const value = isSafe ? 0.8 : isInput && !isTooling ? 0 : 0.5;
      return { path, line, found: { value, called, isComposed, isSafe } };
    });
    if (places.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return places.length === 0 ? pass() : worstOf(places);
  },
  message({ found: { called, value, isComposed, isSafe } }) {
    if (isSafe) return `\`${called}\` starts a shell for a command that a list could run.`;
    if (value === 0) return `\`${called}\` runs a shell command that is put together from input.`;
    return isComposed
      ? `\`${called}\` runs a shell command that is put together from variables.`
      : `\`${called}\` runs whatever command it is handed in a shell.`;
  },
  examples: {
    passes: {
      "shop/archive.py":
        'import subprocess\n\n\ndef pack(name):\n    subprocess.run(["tar", "-czf", name], check=True)\n',
    },
    fails: {
      "shop/archive.py":
        "import subprocess\n\n\ndef pack(request):\n    subprocess.run(f\"tar -czf {request.POST['name']}\", shell=True, check=True)\n",
    },
  },
});
