/** Nothing is left to do: what the job was about is closed, deleted or not installed any more. */
export class Gone extends Error {}

/** The job may not go on before a time: GitHub's limit, or another review that publishes just now. It costs no attempt. */
export class Parked extends Error {
  readonly until: Date;

  constructor(until: Date, reason: string) {
    super(reason);
    this.until = until;
  }
}

/** A fault that passes by itself, of GitHub, the network or the store: tried again for a day, at no attempt's cost. */
export class PassingFault extends Error {}

/** Trying again is of little use: it is done once, then the work is given up, and said where people look. */
export class Hopeless extends Error {}

/** Another process has the lane by now: nothing more may be written. */
export class LaneLost extends Error {}

/** The job hung: it costs an attempt like any failure. */
export class Overdue extends Error {}
