import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Tests walk through the pages as their users do",
  severity: "low",
  why: "A form may be broken in the browser while every test of the view behind it passes.",
  fix: "Add a test of the main journey with `pytest-playwright`: log in, fill in the most important form, see the result.",
  byHand: "which journeys matter to users is for people to say",
  references: ["https://playwright.dev/python/docs/test-runners"],
  appliesTo: ["web-service"],
  needs: ["pageTemplates", "acceptanceTests"],
  check({ pageTemplates: { paths, forms, complete, unread }, acceptanceTests }) {
    const [sign] = acceptanceTests.signs;
    if (sign) return pass([{ path: sign.path, line: sign.line, found: `Tests use the pages, as ${sign.what} shows.` }]);
    if (paths.length === 0) return skip("it has no templates of pages");
    const [form] = forms;
    if (!form && complete) return skip("no page has a form");
    const [hidden] = [...(form ? [] : unread), ...acceptanceTests.unread];
    if (hidden) cannotJudge(`${hidden.path} could not be read: ${hidden.reason}`);
    if (!form) cannotJudge(`of ${paths.length} templates not all were read, and those that were hold no form`);
    return fail([{ path: form.path, line: form.line, found: "No test fills in a form such as this in a browser." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "manage.py": "",
      "requirements.txt": "django\n",
      "requirements-dev.txt": "pytest-playwright\n",
      "shop/templates/order.html": "<form></form>\n",
    },
    fails: { "manage.py": "", "requirements.txt": "django\n", "shop/templates/order.html": "<form></form>\n" },
  },
});
