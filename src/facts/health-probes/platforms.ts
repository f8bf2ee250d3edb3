import type { DataNode } from "../formats/node.ts";
import { nameOf } from "../tree.ts";

/** Something that a platform runs, and whether the platform checks it: 1 or 0. */
interface PlatformUnit {
  readonly line: number;
  readonly value: number;
  readonly says: string;
}

const TASK_DEFINITION = /task[-_]?def[\w.-]*\.json$/i;

/** True for a file that tells a platform what to run. */
export function isPlatformFile(path: string): boolean {
  return /^(fly\.toml|render\.yaml|app\.yaml)$/.test(nameOf(path)) || TASK_DEFINITION.test(path);
}

/** Fly's checks, Render's path, the health checks of ECS; App Engine's standard runtime checks by itself. */
export function platformUnits(path: string, data: DataNode | undefined): readonly PlatformUnit[] {
  if (!data) return [];
  if (TASK_DEFINITION.test(path)) return taskUnits(data);
  const unit = (line: number, value: number, says: string): readonly PlatformUnit[] => [{ line, value, says }];
  switch (nameOf(path)) {
    case "fly.toml": {
      const checks = [
        data.get("checks"),
        data.get("http_service", "checks"),
        ...(data.get("services")?.items ?? []).flatMap((service) => [
          service.get("http_checks"),
          service.get("tcp_checks"),
        ]),
      ].find(Boolean);
      return checks ? unit(checks.line, 1, "Fly checks it.") : unit(1, 0, "Fly has no check for it.");
    }
    case "render.yaml": {
      const web = (data.get("services")?.items ?? []).filter(
        (service) => service.get("type")?.text === "web" && service.get("env", "runtime")?.text !== "static",
      );
      return web.flatMap((service) =>
        service.has("healthCheckPath")
          ? unit(service.line, 1, "Render checks it.")
          : unit(service.line, 0, "Render has no health check path for it."),
      );
    }
    case "app.yaml":
      return /^python/.test(data.get("runtime")?.text ?? "")
        ? unit(data.lineOfKey("runtime") ?? 1, 1, "App Engine checks it.")
        : [];
    default:
      return [];
  }
}

/** Containers of ECS that open a port. */
function taskUnits(data: DataNode): readonly PlatformUnit[] {
  return (data.get("containerDefinitions")?.items ?? [])
    .filter((container) => (container.get("portMappings")?.items.length ?? 0) > 0)
    .map((container) =>
      container.has("healthCheck")
        ? { line: container.line, value: 1, says: "ECS checks it." }
        : { line: container.line, value: 0, says: "ECS has no health check for it." },
    );
}
