/** What a command serves with. */
export type Served =
  | { readonly kind: "production" | "development"; readonly what: string }
  /** A program of the project, which decides. */
  | { readonly kind: "program"; readonly file: string };

const DEVELOPMENT: readonly (readonly [matches: RegExp, what: string])[] = [
  [/\b(manage(\.py)?|django-admin)\s+(\S+\s+){0,3}runserver(_plus)?\b/, "Django's development server"],
  [/\bflask\s+((-A|-e|--app|--env-file)[ =]\S+\s+|--debug\s+){0,3}run\b/, "Flask's development server"],
  [/\bquart\s+(\S+\s+){0,2}run\b/, "Quart's development server"],
  [/\bfastapi\s+dev\b/, "FastAPI's server for development"],
  [
    /\b(uvicorn|gunicorn|hypercorn|granian|litestar|sanic|robyn)\b.{0,500}\s--(reload|auto-reload|dev)(\s|$)/,
    "a server that reloads when files change",
  ],
];
const PRODUCTION =
  /\b(gunicorn|uvicorn|hypercorn|daphne|uwsgi|waitress-serve|granian|mod_wsgi-express|apache2ctl|apachectl|apache2|httpd|unitd|fastapi\s+run|litestar\s+(\S+\s+){0,2}run|sanic|tritonserver|tensorflow_model_server|streamlit\s+run|chainlit\s+run|torchserve|bentoml\s+serve|serve\s+run|mlflow\s+(server|models)|airflow|chalice|functions-framework|functions_framework|pserve|twistd|cheroot)\b/;
const PROGRAM =
  /(?:\bpython[\d.]*|\b(?:uv|poetry|pipenv|pdm)\s+run)\s+(?:-[uOBEsI]+\s+){0,3}(?:-m\s+([\w.]{1,200})|([\w./-]{1,200}\.py))(?=\s|$)/;
/** Lines of a script that start nothing. */
const NO_START =
  /^\s*(#|echo\b|printf\b|pip\d?\s|python\S* -m pip|apt(-get)?\s|apk\s|uv (pip|sync)|poetry install|pkill|kill)/;
/** More than anybody's start script has. */
const MAX_LINES = 2000;
const LONGEST = 2000;

/** What the lines of a command or script serve with, in order. */
export function servedIn(text: string): readonly Served[] {
  return text
    .slice(0, MAX_LINES * 80)
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n|&&|;/)
    .slice(0, MAX_LINES)
    .flatMap((line) => servedOn(line) ?? []);
}

function servedOn(written: string): Served | undefined {
  if (NO_START.test(written)) return undefined;
  const line = written.slice(0, LONGEST).replace(/["'[\],]+/g, " ");
  const [, what] = DEVELOPMENT.find(([matches]) => matches.test(line)) ?? [];
  if (what !== undefined) return { kind: "development", what };
  const [server] = PRODUCTION.exec(line) ?? [];
  if (server !== undefined) return { kind: "production", what: server };
  const [, module, file] = PROGRAM.exec(line) ?? [];
  // Of Django's commands only those above serve.
  if (file !== undefined && /(^|\/)manage\.py$/.test(file)) return undefined;
  if (module !== undefined) return { kind: "program", file: module.replaceAll(".", "/") };
  return file === undefined ? undefined : { kind: "program", file: file.replace(/^\.?\//, "") };
}
