import { cannotJudge, cannotRepair, defineRule, type Edit, pass, skip, worstOf } from "../../src/rule.ts";

export default defineRule({
  title: "Certificates and host keys are checked on every connection",
  severity: "high",
  why: "Without the check, anybody on the way can answer in place of the server, read what is sent and change what comes back.",
  fix: 'Remove what switches the check off; for a certificate of your own, name its CA: `verify="/path/to/ca.pem"`.',
  references: [
    "https://docs.python.org/3/library/ssl.html#best-defaults",
    "https://cwe.mitre.org/data/definitions/295.html",
  ],
  peers: ["ruff S501", "ruff S323", "ruff S507", "bandit B501", "bandit B507"],
  needs: ["tlsChecks"],
  check({ tlsChecks: { all, read, unread } }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const places = all.map(({ path, line, says, effect, isLocal }) => {
      const value = isLocal ? 0.8 : effect === "off" ? 0 : 0.5;
      return { path, line, found: { value, says, effect } };
    });
    if (places.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return places.length === 0 ? pass() : worstOf(places);
  },
  message({ found: { says, effect } }) {
    if (effect === "hidden") return `\`${says}\` hides the warning that certificates are not checked.`;
    if (effect === "name") return `\`${says}\` accepts the certificate of any host.`;
    return /Policy/.test(says)
      ? `\`${says}\` trusts the key of any host.`
      : `\`${says}\` leaves the certificate unchecked.`;
  },
  repairNeeds: ["importPlaces"],
  repair({ tlsChecks: { all }, importPlaces }) {
    const edits = all.flatMap(({ path, isLocal, mend }): readonly Edit[] => {
      if (!mend || isLocal) return [];
      const { line, piece, by, needs } = mend;
      const imports = needs ? importPlaces.importing(path, needs, line) : [];
      if (!imports) return [];
      return [
        ...imports,
        by === undefined ? { kind: "delete", path, line } : { kind: "replace", path, line, piece, by },
      ];
    });
    if (edits.length === 0) cannotRepair("whose certificate or key is to be trusted is for people to say");
    return edits;
  },
  examples: {
    passes: {
      "shop/rates.py":
        'import requests\n\n\ndef rates():\n    return requests.get("https://rates.example", timeout=10).json()\n',
    },
    fails: {
      "shop/rates.py":
        'import requests\n\n\ndef rates():\n    return requests.get("https://rates.example", timeout=10, verify=False).json()\n',
    },
  },
});
