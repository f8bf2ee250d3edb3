import type { Html } from "./markup.ts";

/** A part of the report, with the heading that the reader jumps to. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly content: Html;
}
