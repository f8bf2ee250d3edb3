import type { DataNode } from "../formats/node.ts";

/** How far the kernel lets a container go. */
export interface ContainerSecurity {
  /** Of its security context, else of the container. */
  readonly line: number;
  /** Restrictions that it does not have. */
  readonly missing: readonly SecuritySetting[];
  /** What gives it power over the node, as written; undefined where nothing does. */
  readonly power: { readonly what: string; readonly line: number } | undefined;
  /** Capabilities that it is given beside the usual ones. */
  readonly adds: readonly string[];
}

/** One restriction that a healthy container has. */
export type SecuritySetting =
  | "runAsNonRoot: true"
  | "allowPrivilegeEscalation: false"
  | "capabilities: {drop: [ALL]}"
  | "readOnlyRootFilesystem: true";

/** All of them, in the order in which they are named. */
export const SECURITY_SETTINGS: readonly SecuritySetting[] = [
  "runAsNonRoot: true",
  "allowPrivilegeEscalation: false",
  "capabilities: {drop: [ALL]}",
  "readOnlyRootFilesystem: true",
];
/** What a namespace asks of its pods when it enforces the restricted standard. */
export const RESTRICTED: readonly SecuritySetting[] = SECURITY_SETTINGS.slice(0, 3);

const HOST_KEYS = ["hostNetwork", "hostPID", "hostIPC"];

/** The security of a container: its own context, and where that is silent the pod's. */
export function securityOf(container: DataNode, pod: DataNode): ContainerSecurity {
  const context = container.get("securityContext");
  const drops = (context?.get("capabilities", "drop")?.texts ?? []).some((name) => name.toUpperCase() === "ALL");
  const has: Readonly<Record<SecuritySetting, boolean>> = {
    "runAsNonRoot: true": isNonRoot(container, pod) === true,
    "allowPrivilegeEscalation: false": context?.get("allowPrivilegeEscalation")?.boolean === false,
    "capabilities: {drop: [ALL]}": drops,
    "readOnlyRootFilesystem: true": context?.get("readOnlyRootFilesystem")?.boolean === true,
  };
  return {
    line: container.lineOfKey("securityContext") ?? container.line,
    missing: SECURITY_SETTINGS.filter((setting) => !has[setting]),
    power: powerOf(container, pod),
    adds: context?.get("capabilities", "add")?.texts ?? [],
  };
}

/** Whether a container starts as another user than root; undefined where neither context says it. */
export function isNonRoot(container: DataNode, pod: DataNode): boolean | undefined {
  return nonRootBy(container.get("securityContext")) ?? nonRootBy(pod.get("securityContext"));
}

function nonRootBy(context: DataNode | undefined): boolean | undefined {
  const user = context?.get("runAsUser")?.number;
  if (user !== undefined) return user > 0;
  return context?.get("runAsNonRoot")?.boolean;
}

function powerOf(container: DataNode, pod: DataNode): ContainerSecurity["power"] {
  const context = container.get("securityContext");
  if (context?.get("privileged")?.boolean === true)
    return { what: "privileged: true", line: context.lineOfKey("privileged") ?? context.line };
  const host = HOST_KEYS.find((key) => pod.get(key)?.boolean === true);
  if (host) return { what: `${host}: true`, line: pod.lineOfKey(host) ?? pod.line };
  const hostPaths = new Map(
    (pod.get("volumes")?.items ?? []).flatMap((volume) => {
      const path = volume.get("hostPath", "path");
      return path?.text ? [[volume.get("name")?.text, path] as const] : [];
    }),
  );
  for (const mount of container.get("volumeMounts")?.items ?? []) {
    const path = hostPaths.get(mount.get("name")?.text);
    const isSocket = /(docker|containerd|crio)\.sock$/.test(path?.text ?? "");
    // A socket answers whoever can open it, read-only or not.
    if (path && (isSocket || mount.get("readOnly")?.boolean !== true))
      return { what: `the host's ${path.text}`, line: path.line };
  }
  return undefined;
}
