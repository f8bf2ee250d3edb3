import rule from "../../../rules/testing/ui-acceptance-tests-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = { "manage.py": "", "requirements.txt": "django\n" };
const pages = { ...service, "shop/templates/shop/order.html": "<h1>Order</h1>\n<form method=post>\n</form>\n" };

describeRule(rule, [
  { name: "an API alone", repo: service, expect: "skip", says: "no templates" },
  { name: "a library", repo: { "setup.py": 'setup(name="slug")\n', "slug.py": "" }, expect: "skip" },
  {
    name: "a form that no test fills in",
    repo: pages,
    expect: "fail",
    evidence: ["shop/templates/shop/order.html:2"],
  },
  {
    name: "pages without forms",
    repo: { ...service, "shop/templates/shop/about.html": "<h1>About</h1>\n" },
    expect: "skip",
    says: "no page has a form",
  },
  {
    name: "templates of the admin alone",
    repo: { ...service, "shop/templates/admin/change_form.html": "<form></form>\n" },
    expect: "skip",
  },
  {
    name: "templates of mails alone",
    repo: { ...service, "shop/templates/emails/welcome.html": "<form></form>\n" },
    expect: "skip",
  },
  {
    name: "Playwright in Python",
    repo: { ...pages, "requirements-dev.txt": "pytest-playwright\n" },
    expect: "pass",
    evidence: ["requirements-dev.txt:1"],
  },
  {
    name: "Cypress in the front end",
    repo: { ...pages, "frontend/package.json": '{\n  "devDependencies": {\n    "cypress": "15.0.0"\n  }\n}\n' },
    expect: "pass",
    evidence: ["frontend/package.json:3"],
  },
  {
    name: "a live server of Django",
    repo: {
      ...pages,
      "tests/test_ui.py":
        "from django.test import LiveServerTestCase\n\nclass TestX(LiveServerTestCase):\n    def test_x(self): ...\n",
    },
    expect: "pass",
    evidence: ["tests/test_ui.py:1"],
  },
  {
    name: "suites of Robot Framework",
    repo: { ...pages, "tests/order.robot": "*** Test Cases ***\nOrder\n    Click    buy\n" },
    expect: "pass",
    evidence: ["tests/order.robot:1"],
  },
  {
    name: "the pages are of another repository",
    repo: { ...service, "shop/api.py": "import rest_framework\n", "shop/templates/emails/order.html": "<form>\n" },
    expect: "skip",
    says: "no templates",
  },
  ...["selenium", "splinter", "robotframework-browser", "behave", "pytest-bdd"].map((name) => ({
    name: `a tool that is declared: ${name}`,
    repo: { ...pages, "requirements-dev.txt": `# for tests\r\n${name}\r\n` },
    expect: "pass" as const,
    evidence: ["requirements-dev.txt:2"],
  })),
  {
    name: "a form in a template with Windows line ends",
    repo: { ...service, "shop/templates/shop/order.html": "\uFEFF<h1>Order</h1>\r\n\r\n<form method=post>\r\n" },
    expect: "fail",
    evidence: ["shop/templates/shop/order.html:3"],
  },
  {
    name: "a template that cannot be read",
    repo: { ...service, "shop/templates/shop/order.html": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
  },
  {
    name: "more templates than are read, and none with a form",
    repo: {
      ...service,
      ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`shop/templates/page${index}.html`, "<p>\n"])),
    },
    expect: "unknown",
    says: "of 12 templates",
  },
]);
