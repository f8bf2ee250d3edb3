/** Measures how long at least one of the pieces of work that it is given was under way. */
export class Stopwatch {
  #running = 0;
  #startedAt = 0;
  #milliseconds = 0;

  /** Seconds so far. */
  get seconds(): number {
    const now = this.#running > 0 ? performance.now() - this.#startedAt : 0;
    return (this.#milliseconds + now) / 1000;
  }

  async time<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running++ === 0) this.#startedAt = performance.now();
    try {
      return await work();
    } finally {
      if (--this.#running === 0) this.#milliseconds += performance.now() - this.#startedAt;
    }
  }
}
