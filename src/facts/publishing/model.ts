import type { Named } from "./upload-command.ts";

/** What uploads to a Python index. */
export interface Upload {
  readonly path: string;
  /** Of the upload itself. */
  readonly line: number;
  readonly how: string;
  /** The stored credential that it uses, and its line; undefined where it uses none. */
  readonly credential: Named | undefined;
  /** An index other than PyPI and TestPyPI, which may not know trusted publishing. */
  readonly isPrivateIndex: boolean;
  /** TestPyPI, where nobody installs from. */
  readonly isTrial: boolean;
  /** True where a file that was not read may say how it signs in. */
  readonly isUnclear: boolean;
}
