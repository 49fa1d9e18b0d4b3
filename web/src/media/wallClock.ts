/** Which moment of the real world a position of a <video> shows, and the other way round. */

export interface Anchor {
  /** Position in the media element, seconds. */
  mediaS: number;
  /** Capture time of the picture at that position, Unix milliseconds. */
  wallMs: number;
}

/** Anchors a few milliseconds off the line through the one before say nothing new. */
const SAME_LINE_MS = 2;

export class WallClock {
  private anchors: Anchor[] = [];

  /** Anchors may come in any order; one at the same position replaces the old. */
  add(mediaS: number, wallMs: number): void {
    const at = this.indexBefore(mediaS);
    const before = this.anchors[at];
    if (before && Math.abs(before.mediaS - mediaS) < 1e-4) {
      before.wallMs = wallMs;
      return;
    }
    const last = at === this.anchors.length - 1;
    if (before && last && this.anchors.length > 1) {
      const predicted = before.wallMs + (mediaS - before.mediaS) * 1000;
      if (Math.abs(predicted - wallMs) < SAME_LINE_MS && mediaS - before.mediaS < 1) return;
    }
    this.anchors.splice(at + 1, 0, { mediaS, wallMs });
  }

  /** Capture time shown at a position; null before anything is known. Before the first anchor it extrapolates back. */
  wallAt(mediaS: number): number | null {
    const anchor = this.anchors[Math.max(0, this.indexBefore(mediaS))];
    return anchor ? Math.round(anchor.wallMs + (mediaS - anchor.mediaS) * 1000) : null;
  }

  /**
   * Position that shows `wallMs`; the start of the next stretch when the moment falls into a hole between two; null
   * when it lies before the first anchor or nothing is known. Anchors are taken to be in order of time.
   */
  mediaAt(wallMs: number): number | null {
    for (let at = this.anchors.length - 1; at >= 0; at -= 1) {
      const anchor = this.anchors[at] as Anchor;
      if (anchor.wallMs > wallMs) continue;
      const mediaS = anchor.mediaS + (wallMs - anchor.wallMs) / 1000;
      const next = this.anchors[at + 1];
      return next && mediaS > next.mediaS ? next.mediaS : mediaS;
    }
    return null;
  }

  /** Jumps of the real clock larger than `minMs` between two positions, e.g. a hole in a recording that was passed. */
  jumpsBetween(fromS: number, toS: number, minMs: number): { fromMs: number; toMs: number }[] {
    const jumps = [];
    for (let at = 1; at < this.anchors.length; at += 1) {
      const anchor = this.anchors[at] as Anchor;
      if (anchor.mediaS <= fromS || anchor.mediaS > toS) continue;
      const before = this.anchors[at - 1] as Anchor;
      const expected = before.wallMs + (anchor.mediaS - before.mediaS) * 1000;
      if (anchor.wallMs - expected >= minMs) jumps.push({ fromMs: Math.round(expected), toMs: anchor.wallMs });
    }
    return jumps;
  }

  /** Forgets anchors not needed for positions from `mediaS` on. */
  forgetBefore(mediaS: number): void {
    const at = this.indexBefore(mediaS);
    if (at > 0) this.anchors.splice(0, at);
  }

  clear(): void {
    this.anchors = [];
  }

  get size(): number {
    return this.anchors.length;
  }

  /** Index of the last anchor at or before a position; -1 when there is none. */
  private indexBefore(mediaS: number): number {
    let low = 0;
    let high = this.anchors.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.anchors[middle] as Anchor).mediaS <= mediaS + 1e-4) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
