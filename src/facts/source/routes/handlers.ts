import { calledName, dottedName, type Names, namesOf, qualifiedName } from "../names.ts";
import type { ClassDef, FunctionDef, Module, Statement } from "../syntax.ts";
import { statementsIn, statementsOf } from "../walk.ts";
import { hasWord } from "../words.ts";
import { expressionsBelow, nameOfDecorator, stringsIn } from "./expressions.ts";
import type { DeclaredHandler } from "./model.ts";

/** Functions around a function that are looked into: each is read again for those in it. */
const MAX_NESTED = 3;
/** Characters of a name that are looked at. */
const MAX_NAME = 100;
const VERBS = /^(get|post|put|patch|delete|head)$/;
/** What generic views and sets of views answer, by the methods that they are made of. */
const ACTIONS: Readonly<Record<string, string>> = {
  list: "GET",
  retrieve: "GET",
  create: "POST",
  update: "PUT",
  partial_update: "PATCH",
  destroy: "DELETE",
  form_valid: "POST",
};
const CHANGES = /(Create|Update|Delete|Destroy|Form|Edit|Login|PasswordChange)\w*(View|Mixin)$|ModelViewSet$/;
const ANSWERS = /(View|ViewSet|Resource|Handler|Endpoint|Controller)$/;
const DATA = /(^|\.)(JsonResponse|jsonify|json_response|JSONResponse)$|^rest_framework\..*Response$/;
const DATA_BASE =
  /^(rest_framework|flask_restful|flask_restx|flask_restplus|flask_smorest)\b|(ViewSet|APIView|ApiView)$/;

/** The functions and classes of a module that may answer requests, those that factories make as well. */
export function handlersOf(module: Module): readonly DeclaredHandler[] {
  const names = namesOf(module);
  const mayReadForm = hasWord(module, /^(POST|method)$/);
  return statementsOf(module).flatMap(({ node, scope }) => {
    if (scope.class || scope.definitions.length > MAX_NESTED) return [];
    if (node.kind === "FunctionDef") return mayAnswer(node) ? [functionHandler(node, names, mayReadForm)] : [];
    return node.kind === "ClassDef" && node.bases.length > 0 ? classHandler(node, names) : [];
  });
}

function mayAnswer({ args, decorators }: FunctionDef): boolean {
  return decorators.length > 0 || /^(request|req|_request)$/.test(args[0]?.name ?? "");
}

function functionHandler(node: FunctionDef, names: Names, mayReadForm: boolean): DeclaredHandler {
  const guards = node.decorators.flatMap((decorator) => nameOfDecorator(decorator, names) ?? []);
  const methods = [
    ...guards.flatMap((guard) => /(?:^|\.)require_(POST|GET|safe)$/.exec(guard)?.[1]?.replace("safe", "GET") ?? []),
    ...node.decorators.flatMap((decorator) =>
      /(^|\.)(api_view|require_http_methods)$/.test(calledName(decorator, names) ?? "")
        ? stringsIn(decorator).map((text) => text.toUpperCase())
        : [],
    ),
    ...(mayReadForm && readsForm(node.body) ? ["POST"] : []),
  ];
  return {
    name: node.name,
    line: node.line,
    methods: methods.length > 0 ? methods : undefined,
    bases: [],
    returnsData: guards.some((guard) => /(^|\.)api_view$/.test(guard)) || answersData(node.body, names),
    guards,
  };
}

function classHandler(node: ClassDef, names: Names): readonly DeclaredHandler[] {
  const bases = node.bases.flatMap((base) => qualifiedName(base, names) ?? []);
  const own = node.body.flatMap((one) => (one.kind === "FunctionDef" ? [one] : []));
  const methods = own.flatMap(({ name }) => (VERBS.test(name) ? [name.toUpperCase()] : (ACTIONS[name] ?? [])));
  if (methods.length === 0 && ![node.name, ...bases].some((name) => ANSWERS.test(name))) return [];
  const changes = bases.some((base) => CHANGES.test(base.slice(-MAX_NAME)) && !/ReadOnly/.test(base));
  const all = [...methods, ...(changes ? ["POST"] : [])];
  return [
    {
      name: node.name,
      line: node.line,
      methods: all.length > 0 ? all : undefined,
      bases,
      returnsData: bases.some((base) => DATA_BASE.test(base)) || answersData(node.body, names),
      guards: node.decorators.flatMap((decorator) => nameOfDecorator(decorator, names) ?? []),
    },
  ];
}

/** True where a form is read, or the method is compared with POST. */
function readsForm(body: readonly Statement[]): boolean {
  return expressionsBelow(body).some((one) => {
    if (one.kind === "Attribute") return one.attr === "POST" && dottedName(one.value) === "request";
    return one.kind === "Compare" && dottedName(one.left) === "request.method" && stringsIn(one).includes("POST");
  });
}

function answersData(body: readonly Statement[], names: Names): boolean {
  for (const { node } of statementsIn(body)) {
    if (node.kind !== "Return") continue;
    const [value] = node.values;
    const answer = value?.kind === "Tuple" ? value.elts[0] : value;
    if (answer?.kind === "Dict") return true;
    const called = answer && calledName(answer, names);
    if (called !== undefined && DATA.test(called)) return true;
  }
  return false;
}
