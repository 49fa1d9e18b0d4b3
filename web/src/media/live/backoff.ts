/** How long to wait before the next try: doubling, with chance, so that a wall does not come back all at once. */

const FIRST_MS = 400;
const LONGEST_MS = 15_000;

export class Backoff {
  private readonly random: () => number;
  private tries = 0;

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  /** Milliseconds to wait: between half and all of 0.4, 0.8, 1.6 ... 15 seconds. */
  next(): number {
    const full = Math.min(FIRST_MS * 2 ** this.tries, LONGEST_MS);
    this.tries += 1;
    return Math.round(full * (0.5 + this.random() / 2));
  }

  reset(): void {
    this.tries = 0;
  }
}
