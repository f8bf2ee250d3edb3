import { expand } from "./variables.ts";

/** An image from outside that a build or a deployment needs. */
export interface ExternalImage {
  /** As written. */
  readonly text: string;
  /** With the defaults of its variables put in; undefined where one has none. */
  readonly reference: string | undefined;
  readonly line: number;
}

/** A variable that a container or a build gets. */
export interface ContainerVariable {
  readonly name: string;
  /** As written; undefined where it comes from elsewhere. */
  readonly value: string | undefined;
  readonly line: number;
}

const NOTHING = new Map<string, string | undefined>();

/** An image as a file names it, where no variable is set. */
export function externalImage(text: string, line: number): ExternalImage {
  return { text, reference: expand(text, NOTHING), line };
}
