import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Django answers only to the names of its own hosts",
  severity: "high",
  why: "A forged Host header gets into links of password resets, caches and redirects, and leads users to another site.",
  fix: 'List the names, or read them from the environment: `ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")`, with no `"*"` as the default.',
  byHand: "by which names the service is reached only those who run it know, and without them it answers nobody",
  references: [
    "https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts",
    "https://docs.djangoproject.com/en/stable/topics/security/#host-header-validation",
  ],
  peers: ["django security.W020"],
  appliesTo: ["web-service", "serverless"],
  needs: ["allowedHosts"],
  check({ allowedHosts: { setting, undecided, unread } }) {
    if (undecided !== undefined) cannotJudge(undecided);
    if (!setting && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!setting) return skip("it has no settings of Django");
    const { path, line, hosts, isDefault } = setting;
    if (hosts === "any" || hosts === "none") return fail([{ path, line, found: { hosts, isDefault } }]);
    if (hosts === "unknown") cannotJudge(`${path}:${line}: ALLOWED_HOSTS is computed`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return pass();
  },
  message: ({ found: { hosts, isDefault } }) => {
    if (hosts === "none") return "ALLOWED_HOSTS is empty: without DEBUG every request is refused.";
    return isDefault
      ? "ALLOWED_HOSTS lets in every host where the environment names none."
      : "ALLOWED_HOSTS lets in every host.";
  },
  examples: {
    passes: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": 'ALLOWED_HOSTS = ["shop.example"]\nINSTALLED_APPS = ["shop.cart"]\n',
      "requirements.txt": "django\n",
    },
    fails: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": 'ALLOWED_HOSTS = ["*"]\nINSTALLED_APPS = ["shop.cart"]\n',
      "requirements.txt": "django\n",
    },
  },
});
