/** Fits the clock of a stream, which may start anywhere and jump, to the clock of one media element. */

/** Back by more than this, or ahead by more than the other, is another clock and not late or missing pictures. */
const BACK_S = 0.5;
const AHEAD_S = 30;

export class Timebase {
  private offset: number | null = null;
  private newest = 0;

  /** A new connection: its clock has nothing to do with the last one's. */
  restart(): void {
    this.offset = null;
  }

  /** Seconds to add to a fragment that starts at `startS`, so that it follows what is buffered up to `bufferedEndS`. */
  offsetFor(startS: number, bufferedEndS: number): number {
    const jumped = this.offset !== null && (startS < this.newest - BACK_S || startS > this.newest + AHEAD_S);
    if (this.offset === null || jumped) this.offset = Math.max(0, bufferedEndS) - startS;
    this.newest = startS;
    return this.offset;
  }
}
