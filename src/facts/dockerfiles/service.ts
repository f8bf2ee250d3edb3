import type { Dockerfile } from "../dockerfiles.ts";
import { lineageOf, type Stage } from "./stages.ts";

const FUNCTION_IMAGE = /(^|\/)(lambda|aws-lambda-\w+)([/:]|$)|(^|\/)aws-lambda[/-]|azure-functions/i;
/** Programs that run until they are stopped. */
const STAYS =
  /\b(gunicorn|uvicorn|hypercorn|daphne|uwsgi|waitress|granian|mod_wsgi|runserver|streamlit|gradio|nginx|supervisord|dramatiq|huey|tensorflow_model_server|bentoml|flask\W+run|fastapi\W+(run|dev)|celery\b.{0,200}\b(worker|beat)|rq\W+worker|airflow\W+(webserver|scheduler|worker|api-server)|mlflow\W+(server|models)|arq\b)/;
/** Words for what ends by itself. */
const ENDS = /train|batch|job|etl|preprocess|evaluat|predict|migrat|load|export|import|deploy|pipeline/i;

/** True for an image that a platform of functions runs. */
export function isFunctionImage({ origin }: Stage): boolean {
  return origin.kind === "image" && FUNCTION_IMAGE.test(origin.reference);
}

/**
 * True for an image that serves or works until it is stopped, not for one that runs a job to its end.
 * @param scripts what its start leads to
 * @param isOnly true where it is the only image that is shipped
 */
export function isService({ shipped, stages }: Dockerfile, scripts: readonly string[], isOnly: boolean): boolean {
  const { command, entrypoint, healthcheck } = shipped;
  if (isFunctionImage(shipped) || !(command ?? entrypoint)) return false;
  const start = `${entrypoint?.text ?? ""} ${command?.text ?? ""}`;
  if (healthcheck || [start, ...scripts].some((text) => STAYS.test(text))) return true;
  const exposes = lineageOf(shipped, stages).some(({ instructions }) =>
    instructions.some(({ keyword }) => keyword === "EXPOSE"),
  );
  return exposes || (isOnly && !ENDS.test(start));
}
