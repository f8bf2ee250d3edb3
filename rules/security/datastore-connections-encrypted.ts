import { cannotJudge, defineRule, pass, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Connections to databases and caches are encrypted off the host",
  severity: "medium",
  why: "Whoever is on the way between the service and its data reads every row and the password, and can change both.",
  fix: "Use sslmode=verify-full, ssl_mode=VERIFY_IDENTITY or rediss:// for every data store that is not on the same host or in the same pod.",
  byHand: "whether the server takes encrypted connections is seen there alone",
  references: [
    "https://www.postgresql.org/docs/current/libpq-ssl.html",
    "https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/",
  ],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["storeConnections"],
  check({ storeConnections: { all, driver, staysLocal, unread } }) {
    const open = all.filter(({ isEncrypted }) => isEncrypted === false);
    const encrypted = all.filter(({ isEncrypted }) => isEncrypted === true);
    if (open.length > 0) return shareOf(encrypted.length, encrypted.length + open.length, open.map(placeOf));
    const [first] = encrypted;
    if (first) return pass([placeOf(first)]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (staysLocal) return skip("it only connects to what runs beside it");
    if (!driver && all.length === 0) return skip("it connects to no data store over the network");
    cannotJudge("where its connections lead, and whether they are encrypted, is set outside of the repository");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\nredis\n",
      "main.py": 'import redis\n\ncache = redis.from_url("rediss://cache.shop.net:6380")\n',
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\nredis\n",
      "main.py": 'import redis\n\ncache = redis.from_url("redis://cache.shop.net:6379")\n',
    },
  },
});

interface Connection {
  readonly path: string;
  readonly line: number;
  readonly store: string;
  readonly host: string | undefined;
  readonly isEncrypted: boolean | undefined;
}

function placeOf({ path, line, store, host, isEncrypted }: Connection) {
  const to = host === undefined ? store : `${store} on ${host}`;
  return { path, line, found: `The connection to ${to} is ${isEncrypted ? "encrypted" : "not encrypted"}.` };
}
