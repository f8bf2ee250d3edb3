import { globs } from "../fact.ts";
import {
  declared,
  found,
  hint,
  managePathOf,
  ownCommandOf,
  publishedBy,
  type Signal,
  type SignalSources,
  startFileOf,
  startOf,
} from "./sources.ts";

/** Web frameworks. */
export const WEB =
  /^(django|flask|fastapi|starlette|litestar|quart|sanic|tornado|bottle|pyramid|falcon|connexion|djangorestframework|django-ninja|flask-restful|pecan|pastedeploy|streamlit|gradio|dash|panel|nicegui|wagtail)$/;
/** Client and server in one: they tell of a service only beside an image. */
const WEB_IN_IMAGE = /^(aiohttp|twisted|websockets)$/;
const SERVER =
  /^(gunicorn|uvicorn|uwsgi|hypercorn|daphne|waitress|granian|mod-wsgi|fastapi-cli|pyuwsgi|grpcio-health-checking|grpcio-reflection|oslo-service)$/;
/** Task queues and consumers of streams. */
export const QUEUE =
  /^(celery|rq|dramatiq|arq|huey|taskiq|kombu|aiokafka|kafka-python|confluent-kafka|faust-streaming)$/;
const SERVERLESS = /^(functions-framework|chalice|zappa|aws-lambda-powertools|azure-functions|mangum)$/;

const SERVES = /\b(gunicorn|uvicorn|hypercorn|daphne|uwsgi|waitress-serve|granian|runserver|flask run|fastapi run)\b/;
const entryPoint = globs("**/{wsgi,asgi}.py");
const program = globs("**/{app,main,server,api,application}.py");
const functions = globs("**/{samconfig.toml,zappa_settings.json,host.json}", "**/.chalice/config.json");
const handler = globs("**/{lambda_function,lambda_handler}.py");
const infrastructureCode = globs("**/cdk.json");

/** True for a distribution that answers requests, or helps to. */
export function isServerName(name: string): boolean {
  return WEB.test(name) || SERVER.test(name);
}

/** Hints at what answers requests. */
export function webService(sources: SignalSources): readonly Signal[] {
  const { runtime, packages, images, product } = sources;
  const manage = managePathOf(sources);
  const framework = [
    ...declared("web-service", 2, runtime, WEB, "a web framework"),
    ...(images.length > 0 ? declared("web-service", 2, runtime, WEB_IN_IMAGE, "a network framework") : []),
  ].slice(0, 1);
  const starts = startFileOf(sources);
  const served = product.find(entryPoint) ?? starts ?? images.find((image) => SERVES.test(startOf(image)))?.path;
  const ownCommand = framework.length > 0 && !served ? ownCommandOf(sources) : undefined;
  const isProgram = framework.length > 0 && !packages.some(({ isBuilt }) => isBuilt);
  const published = publishedBy(sources);
  return [
    ...(manage && (framework.length > 0 || !packages.length)
      ? [hint("web-service", 4, "manage.py starts it", manage)]
      : []),
    ...framework,
    ...found("web-service", 1, isProgram ? product.find(program) : undefined, "a module bears a server's name"),
    ...declared("web-service", 3, runtime, SERVER, "a server"),
    ...found("web-service", 3, served, "a server starts it"),
    ...found("web-service", 3, ownCommand, "its own command starts it"),
    ...found("web-service", 2, images[0]?.path ?? starts, "it is deployed as a container or process"),
    ...found(
      "web-service",
      1,
      product.find((path) => path.endsWith(".html") && /(^|\/)templates\//.test(path)),
      "it has page templates",
    ),
    ...(published !== undefined && !manage && !served && !ownCommand
      ? [hint("web-service", -4, "it is published as a package and has no start command", published)]
      : []),
  ];
}

/** Hints at what takes work from a queue or stream. */
export function worker({ runtime }: SignalSources): readonly Signal[] {
  const web = [...runtime.keys()].some((name) => WEB.test(name));
  return web ? [] : declared("worker", 5, runtime, QUEUE, "a task queue");
}

/** Hints at what a platform calls as a function. */
export function serverlessFunction({ product, runtime, platforms }: SignalSources): readonly Signal[] {
  const template = platforms.find(({ platform }) => platform === "functions")?.path;
  const handles = product.find((path) => path.endsWith(".py") && /lambda|function|handler/i.test(path));
  return [
    ...found("serverless", 5, template ?? product.find(functions), "it is deployed as functions"),
    ...declared("serverless", 5, runtime, SERVERLESS, "a function runtime"),
    ...found("serverless", 5, product.find(infrastructureCode), "a CDK app deploys it"),
    ...found("serverless", 2, product.some(infrastructureCode) ? handles : undefined, "it handles events"),
    ...found("serverless", 3, product.find(handler), "it is written as a function's handler"),
  ];
}
