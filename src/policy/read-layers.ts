import type { CataloguedRule } from "../rule.ts";
import type { FileContent } from "../snapshot/snapshot.ts";
import {
  type Complaint,
  isComplaint,
  POLICY_PATH,
  type PolicyDocument,
  PYPROJECT_PATH,
  readDocument,
} from "./document.ts";
import type { Layer } from "./layers.ts";
import { policySchema } from "./schema.ts";
import { type Validator, validatorOf } from "./validate.ts";

/** Files by their paths; what is known to be absent is null. */
export type PolicyFiles = Readonly<Record<string, FileContent | null>>;

/** The policy of an organisation, out of its `.github` repository. */
export interface OrganisationFiles {
  /** The repository, as `acme/.github`. */
  readonly repository: string;
  readonly files: PolicyFiles;
  /** How readers know a file of it, where that is not by repository and path. */
  readonly nameOf?: (path: string) => string;
  /** Why these files may not be those of today, in one sentence; absent when they are. */
  readonly stale?: string;
}

/** The paths that a repository's policy may stand in. */
export const policyPaths = [POLICY_PATH, PYPROJECT_PATH] as const;

/** Layers with what is wrong with the files that they were read from. */
export interface ReadLayers {
  readonly layers: readonly Layer[];
  readonly complaints: readonly Complaint[];
  /** False where a file that should give a layer could not be used as a whole. */
  readonly isValid: boolean;
  /** Files of the organisation that are built on, and that were not given. */
  readonly wanted: readonly string[];
}

/** Reads files of policy, for this catalogue. */
export type LayerReader = ReturnType<typeof layerReader>;

export function layerReader(rules: readonly CataloguedRule[]) {
  // Most repositories have no policy: the schema is compiled for the first that has one.
  let validator: Validator | undefined;

  function validated(read: PolicyDocument | Complaint, by: Layer["by"], path: string): ReadLayers {
    const { data, complaints } = isComplaint(read) ? { data: undefined, complaints: [read] } : check(read);
    const layers = data && !isComplaint(read) ? [{ by, path, data, lineOf: read.lineOf }] : [];
    return { layers, complaints: complaints.map((one) => ({ ...one, path })), isValid: data !== undefined, wanted: [] };
  }

  function check(document: PolicyDocument) {
    validator ??= validatorOf(policySchema(rules));
    return validator(document);
  }

  /** What a repository itself says; at most one layer. */
  function own(files: PolicyFiles): ReadLayers {
    const present = policyPaths.flatMap((path) => {
      const content = files[path];
      const read = content && readDocument(path, content);
      // A manifest that cannot be read may well be no policy.
      return read && (content.kind === "text" || path === POLICY_PATH) ? [read] : [];
    });
    const [document, second] = present;
    if (!document) return NOTHING;
    const read = validated(document, "repository", document.path);
    if (!second || isComplaint(second)) return read;
    const message = `[tool.pyready] is not read, because ${POLICY_PATH} is there.`;
    return { ...read, complaints: [...read.complaints, { message, path: second.path, line: second.lineOf([]) }] };
  }

  /** What an organisation says to all of its repositories: its main file, and before it what that builds on. */
  function shared(from: OrganisationFiles): ReadLayers {
    const read = ofOrganisation(from, POLICY_PATH) ?? NOTHING;
    const [main] = read.layers;
    return main ? joined(extendedBy(main, from), read) : read;
  }

  /** The layers that a file builds on; these build on no others. */
  function extendedBy(layer: Layer, organisation: OrganisationFiles | undefined): ReadLayers {
    const named = layer.data.extends ?? [];
    return named.reduce<ReadLayers>((before, path, index) => {
      const at = { path: layer.path, line: layer.lineOf(["extends", String(index)]) };
      if (!organisation)
        return joined(before, complaining(`extends names ${path}, and no organisation's policy was read.`, at));
      const read = ofOrganisation(organisation, path);
      if (!read) {
        const absent = complaining(`extends names ${path}, which is not in ${organisation.repository}.`, at);
        return joined(before, path in organisation.files ? absent : { ...absent, wanted: [path] });
      }
      const [found] = read.layers;
      if (!found?.data.extends) return joined(before, read);
      const below = { path: found.path, line: found.lineOf(["extends"]) };
      return joined(before, joined(read, complaining("extends has no effect in a file that others build on.", below)));
    }, NOTHING);
  }

  function ofOrganisation({ repository, files, nameOf }: OrganisationFiles, path: string): ReadLayers | undefined {
    const content = files[path];
    const read = content && readDocument(path, content);
    return read ? validated(read, "organisation", nameOf?.(path) ?? `${repository}: ${path}`) : undefined;
  }

  return { own, shared, extendedBy };
}

const NOTHING: ReadLayers = { layers: [], complaints: [], isValid: true, wanted: [] };

export function complaining(message: string, { path, line }: Omit<Complaint, "message">): ReadLayers {
  return { ...NOTHING, complaints: [{ message, path, line }] };
}

export function joined(a: ReadLayers, b: ReadLayers): ReadLayers {
  return {
    layers: [...a.layers, ...b.layers],
    complaints: [...a.complaints, ...b.complaints],
    isValid: a.isValid && b.isValid,
    wanted: [...a.wanted, ...b.wanted],
  };
}
