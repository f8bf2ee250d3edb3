import type { TerraformModule } from "../terraform.ts";

/** What lets the same files make another cloud tomorrow, or two people overwrite each other's. */
export interface TerraformFault {
  readonly kind: "state" | "locking" | "version" | "lock file";
  readonly path: string | undefined;
  readonly line: number | undefined;
  readonly says: string;
  /** The part of its kind's weight: providers without a version share one. */
  readonly share: number;
}

/** The faults of a module; one that others call has neither state nor lock file of its own. */
export function faultsOf({ isRoot, backend, providers, hasLock, blocks }: TerraformModule): readonly TerraformFault[] {
  const { path, line } = providers[0] ?? blocks[0] ?? {};
  const loose = hasLock ? [] : providers.filter(({ hasVersion }) => !hasVersion);
  const isKept = backend !== undefined && backend.kind !== "local";
  const faults: (TerraformFault | false)[] = [
    isRoot &&
      !isKept && {
        kind: "state",
        path: backend?.path ?? path,
        line: backend?.line ?? line,
        says: "No remote backend keeps the state.",
        share: 1,
      },
    isKept &&
      !backend.locks && {
        kind: "locking",
        path: backend.path,
        line: backend.line,
        says: "The backend has no lock.",
        share: 1,
      },
    ...loose.map(
      (one): TerraformFault => ({
        kind: "version",
        path: one.path,
        line: one.line,
        says: `The provider ${one.name} has no version.`,
        share: 1 / loose.length,
      }),
    ),
    isRoot &&
      !hasLock && { kind: "lock file", path, line, says: "No .terraform.lock.hcl fixes the providers.", share: 1 },
  ];
  return faults.filter((fault) => fault !== false);
}
