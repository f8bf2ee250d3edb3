import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Postgres } from "../../support/postgres.ts";
import type { Cluster } from "../cluster.ts";
import type { Expectations } from "../contents.ts";
import type { People } from "../people.ts";
import type { Random } from "../random.ts";

/** Everything that a fault may lay hands on. */
export interface Chaos {
  readonly sandbox: Sandbox;
  readonly people: People;
  readonly cluster: Cluster;
  readonly postgres: Postgres;
  readonly random: Random;
  readonly expectations: Expectations;
  /** A checkout of the release before; undefined where none was named. */
  readonly before: string | undefined;
  /** Times in which nobody could reach the store. */
  readonly outages: { from: number; to: number }[];
  /** Times at which a process that had slept woke up. */
  readonly wakings: number[];
}

/** What goes wrong, by name. */
export interface Fault {
  readonly name: string;
  /** Its numbers in the catalogue of faults. */
  readonly proves: readonly number[];
  /** Left out of random schedules: it lasts long, or says by itself what must come of it. */
  readonly isAlone?: boolean;
  /** It is there before anything happens, and stays. */
  readonly isFromTheStart?: boolean;
  /** Nobody meets it before it ends. */
  readonly happensAtItsEnd?: boolean;
  /** What the processes are started with besides. */
  readonly environment?: (sandbox: Sandbox) => Readonly<Record<string, string>>;
  /** What the process at a place in the row is started with besides. */
  readonly environmentAt?: (place: number) => Readonly<Record<string, string>>;
  /** It needs a checkout of the release before. */
  readonly needsBefore?: boolean;
  /** Shows what only this fault breaks. */
  readonly problems?: (chaos: Chaos) => readonly string[];
  /**
   * Lets it begin.
   * @param met to be called whenever it really happened to somebody
   * @returns what ends it
   */
  begin(chaos: Chaos, met: () => void): Promise<Ending> | Ending;
}

export type Ending = () => unknown;

/** Ends by itself. */
export const nothing: Ending = () => {};
