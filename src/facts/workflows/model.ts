import type { UnreadFile } from "../fact.ts";
import type { DataNode } from "../formats/node.ts";

/** The GitHub Actions of a repository. */
export interface Workflows {
  /** `.github/workflows/*.yml`, by path; files without jobs are no workflows and are left out. */
  readonly files: readonly Workflow[];
  /** The repository's own actions: at the root, under `.github/actions`, or named by a `uses: ./…`. */
  readonly actions: readonly LocalAction[];
  /** Workflows and actions that exist and could not be read. */
  readonly unread: readonly UnreadFile[];
}

export interface Workflow {
  readonly path: string;
  readonly name: string | undefined;
  /** The whole file. */
  readonly data: DataNode;
  /** By event, whatever the form of `on`. */
  readonly triggers: ReadonlyMap<string, Trigger>;
  /** Line of the key `on`; 1 where it is missing. */
  readonly triggersLine: number;
  readonly permissions: Setting | undefined;
  readonly env: DataNode | undefined;
  readonly defaults: DataNode | undefined;
  readonly jobs: readonly Job[];
  /** True when other workflows can call it. */
  readonly isReusable: boolean;
}

export interface Trigger {
  readonly event: string;
  /** Line of the event's name. */
  readonly line: number;
  /** Its filters, types or inputs; absent for a bare name. */
  readonly options: DataNode | undefined;
}

/** A key of a file with its value; the line is the key's. */
export interface Setting {
  readonly line: number;
  readonly value: DataNode;
}

export interface Job {
  readonly id: string;
  /** Line of the id. */
  readonly line: number;
  readonly node: DataNode;
  readonly name: string | undefined;
  readonly permissions: Setting | undefined;
  readonly if: DataNode | undefined;
  /** Ids of the jobs it waits for. */
  readonly needs: readonly string[];
  readonly matrix: Matrix | undefined;
  /** A name, or a map with name and url. */
  readonly environment: DataNode | undefined;
  readonly continueOnError: Setting | undefined;
  readonly env: DataNode | undefined;
  readonly defaults: DataNode | undefined;
  /** The reusable workflow that this job is; such a job has no steps. */
  readonly uses: ActionReference | undefined;
  readonly with: DataNode | undefined;
  readonly secrets: DataNode | undefined;
  readonly steps: readonly Step[];
}

/** The rows that a matrix runs: product of the axes, less `exclude`, plus `include`. */
export interface Matrix {
  readonly line: number;
  readonly rows: readonly ReadonlyMap<string, DataNode>[];
  /** False where an axis, or all of it, is computed (`fromJSON`): there are rows that nobody can list. */
  readonly complete: boolean;
}

export interface Step {
  /** First line of the step. */
  readonly line: number;
  readonly node: DataNode;
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly if: DataNode | undefined;
  readonly uses: ActionReference | undefined;
  /** The script; `lineAt` gives the line of any offset of its text. */
  readonly run: DataNode | undefined;
  readonly shell: string | undefined;
  readonly with: DataNode | undefined;
  readonly env: DataNode | undefined;
  readonly continueOnError: Setting | undefined;
  readonly workingDirectory: string | undefined;
}

/** What a `uses:` names, with its text and line. */
export type ActionReference = {
  readonly text: string;
  readonly line: number;
  /** What stands behind it, as the version of a commit does. */
  readonly comment: string | undefined;
} & (
  | {
      readonly kind: "remote";
      readonly owner: string;
      readonly repository: string;
      /** Below the repository's root; empty for the root. */
      readonly path: string;
      readonly ref: string | undefined;
    }
  /** `./path` or `$/path`, from the repository's root; empty for the root. */
  | { readonly kind: "local"; readonly path: string }
  | { readonly kind: "docker"; readonly image: string }
  /** Nothing that GitHub would run. */
  | { readonly kind: "invalid" }
);

/** An action that the repository defines. */
export interface LocalAction {
  /** Its `action.yml`. */
  readonly path: string;
  /** The folder that `uses:` names; empty for the root. */
  readonly folder: string;
  readonly name: string | undefined;
  /** `composite`, `docker`, `node24` and the like. */
  readonly using: string | undefined;
  readonly inputs: readonly { readonly name: string; readonly line: number; readonly default: DataNode | undefined }[];
  /** Of a composite action; empty otherwise. */
  readonly steps: readonly Step[];
  readonly data: DataNode;
}
