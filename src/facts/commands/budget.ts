/** What may still be looked at, in commands. */
export interface Budget {
  left: number;
}

/** Commands and targets that are looked at for one script, however its targets call each other. */
const MAX_COMMANDS = 20_000;

/** What one script may cost, out of what all of them may. */
export class Allowance {
  readonly #shared: Budget;
  #left = MAX_COMMANDS;
  #refusals = 0;

  constructor(shared: Budget) {
    this.#shared = shared;
  }

  /** How often there was not enough. */
  get refusals(): number {
    return this.#refusals;
  }

  /** False where this costs more than is left. */
  spend(cost: number): boolean {
    this.#left -= cost;
    this.#shared.left -= cost;
    if (this.#left > 0 && this.#shared.left > 0) return true;
    this.#refusals++;
    return false;
  }
}
