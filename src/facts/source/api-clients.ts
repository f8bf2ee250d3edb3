import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { calledName, dottedName, namesOf } from "./names.ts";
import type { Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** Names of what asks an application for answers in tests. */
const CLIENTS =
  "TestClient|AsyncTestClient|APIClient|APIRequestFactory|RequestFactory|AsyncRequestFactory|ASGITransport|WSGITransport|test_client|TestServer|aiohttp_client|AsyncHTTPTestCase|HTTPTestCase|WebTestCase|APITestCase|APITransactionTestCase|APISimpleTestCase|LiveServerTestCase|StaticLiveServerTestCase|LiveServer|TestApp|fetch|schemathesis|FlaskClient|sanic_client|ASGITestClient|AioHTTPTestCase|tavern|pact|http_client|graphql_client|gql";
const MODULE =
  /^(schemathesis|tavern|pact|webtest|fastapi\.testclient|starlette\.testclient|rest_framework\.test|flask\.testing|pytest_aiohttp|aiohttp\.test_utils|tornado\.testing|litestar\.testing|ninja\.testing|asgi_lifespan|django_webtest)\b/;
/** Names of a test's client, some of them as an ending. */
const FIXTURES = "client|browser|api";
const WHOLE_FIXTURES = "webapp|test_app|http|live_server|rf|app_client|page";
const VERBS = "get|post|put|patch|delete|head|options|open|request|fetch|query|post_json|get_json";

const CLIENT = new RegExp(`(^|\\.)(${CLIENTS})$`);
const FIXTURE = new RegExp(`(^|_)(${FIXTURES})$|^(${WHOLE_FIXTURES})$`);
const VERB = new RegExp(`^(${VERBS})$`);

/** What may stand between the parts of a call: space, and comments. */
const GAP = String.raw`[\s()\\]{0,200}(?:#[^\n]{0,200}\n[\s()\\]{0,200}){0,5}`;
/** The text of a module that has any of this: a name, a client that is asked, a path that is asked for. */
const MENTION = new RegExp(
  [
    String.raw`\b(?:${CLIENTS}|Client|reverse)\b`,
    String.raw`\b(?:webtest|testclient|rest_framework|flask|pytest_aiohttp|test_utils|tornado|litestar|ninja|asgi_lifespan|django_webtest)\b`,
    String.raw`(?:${FIXTURES}|${WHOLE_FIXTURES})${GAP}\.${GAP}(?:${VERBS})\b`,
    String.raw`\.${GAP}(?:${VERBS})${GAP}[rRuU]?["']{1,3}/`,
  ].join("|"),
);

/** The first line that asks the application over HTTP, in a test or a fixture; undefined where none does. */
export function readApiClients(module: Module): number | undefined {
  if (!mentions(module, MENTION)) return undefined;
  const names = namesOf(module);
  for (const name of names.values()) if (MODULE.test(name)) return 1;
  for (const { node, expressions } of statementsOf(module)) {
    if (node.kind === "ClassDef" && node.bases.some((base) => CLIENT.test(dottedName(base) ?? ""))) return node.line;
    if (node.kind === "FunctionDef" && node.args.some(({ name }) => CLIENT.test(name))) return node.line;
    for (const one of expressions) {
      if (one.kind !== "Call") continue;
      const called = calledName(one, names) ?? (one.func.kind === "Attribute" ? one.func.attr : "");
      if (CLIENT.test(called)) return one.line;
      if (called === "django.test.Client" || called === "reverse" || called === "django.urls.reverse") return one.line;
      if (one.func.kind === "Attribute" && VERB.test(one.func.attr) && asks(one.func.value, textOf(one.args[0])))
        return one.line;
    }
  }
  return undefined;
}

/** `client.get(url)`, `self.client.post(url)`, `session.get("/orders")`: a client of the test, or a path of the application. */
function asks(receiver: Parameters<typeof dottedName>[0], path: string | undefined): boolean {
  const name = dottedName(receiver)?.split(".").at(-1) ?? "";
  return (
    FIXTURE.test(name) ||
    (path?.startsWith("/") === true && !/^(os|path|cache|config|redis|settings|environ)$/.test(name))
  );
}
