import type { DataNode } from "../formats/node.ts";
import { nameOf } from "../tree.ts";

/** A service of a platform's file, and whether the platform scales it. */
interface PlatformScaling {
  readonly line: number;
  readonly isScaled: boolean;
  readonly says: string;
}

/** True for a file that tells a platform what to run. */
export function isPlatformSpec(path: string): boolean {
  return /^(fly\.toml|render\.yaml|app\.yaml)$/.test(nameOf(path));
}

/** What Fly, Render and App Engine are told about scaling. */
export function platformScaling(path: string, data: DataNode | undefined): readonly PlatformScaling[] {
  if (!data) return [];
  switch (nameOf(path)) {
    case "fly.toml":
      return onFly(data);
    case "render.yaml":
      return onRender(data);
    default:
      return onAppEngine(data);
  }
}

/** Fly starts and stops machines with the traffic where it is told to stop them. */
function onFly(data: DataNode): readonly PlatformScaling[] {
  const [service] = [data.get("http_service"), ...(data.get("services")?.items ?? [])].filter(Boolean);
  if (!service) return [];
  const stops = service.get("auto_stop_machines")?.text;
  const isScaled = stops !== undefined && !/^(false|off)$/.test(stops);
  const line = data.lineOfKey("http_service") ?? service.line;
  return [
    {
      line,
      isScaled,
      says: isScaled ? "Fly starts and stops machines with the load." : "Fly keeps a fixed number of machines.",
    },
  ];
}

/** A free instance cannot be scaled, nor one with a disk. */
function onRender(data: DataNode): readonly PlatformScaling[] {
  return (data.get("services")?.items ?? [])
    .filter((service) => /^(web|pserv)$/.test(service.get("type")?.text ?? ""))
    .filter((service) => (service.get("runtime") ?? service.get("env"))?.text !== "static")
    .filter((service) => service.get("plan")?.text !== "free" && !service.has("disk"))
    .map((service) => {
      const isScaled = service.has("scaling");
      const line = service.lineOfKey("scaling") ?? service.line;
      return { line, isScaled, says: isScaled ? "Render scales it." : "Render runs a fixed number of instances." };
    });
}

/** App Engine scales by itself, unless it is told how many instances to run. */
function onAppEngine(data: DataNode): readonly PlatformScaling[] {
  const runtime = data.get("runtime")?.text ?? "";
  if (!/^(python|custom)/.test(runtime)) return [];
  const manual = data.lineOfKey("manual_scaling");
  const line = manual ?? data.lineOfKey("automatic_scaling") ?? data.lineOfKey("runtime") ?? 1;
  const isScaled = manual === undefined;
  return [
    { line, isScaled, says: isScaled ? "App Engine scales it." : "App Engine runs a fixed number of instances." },
  ];
}
