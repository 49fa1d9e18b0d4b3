/** How far behind the newest picture a live player stays, and how it gets back there. Pure: no clock, no element. */

export type Range = readonly [startS: number, endS: number];

export interface Decision {
  /** Position to jump to, or null. */
  seekTo: number | null;
  playbackRate: number;
}

export interface LatencyOptions {
  /** Least buffer ahead that is kept in calm times, seconds. */
  targetS: number;
  /** Most that it grows to when pictures come unevenly. */
  maxTargetS: number;
  /** Farther behind than this: jump. */
  jumpBehindS: number;
}

const DEFAULTS: LatencyOptions = { targetS: 0.1, maxTargetS: 0.5, jumpBehindS: 1 };
const WINDOW_MS = 1000;
const EDGE_S = 0.04;
const MIN_RATE = 1.02;
const MAX_RATE = 1.25;
const GROW = 1.5;
/** Calm time after which the target shrinks a step. */
const CALM_MS = 15_000;
const FIRST_JUMP_PAUSE_MS = 700;
const LONGEST_JUMP_PAUSE_MS = 10_000;
/** Jumps farther apart than this are unrelated. */
const JUMPS_RELATED_MS = 20_000;

export class LatencyKeeper {
  private readonly options: LatencyOptions;
  private samples: { atMs: number; aheadS: number }[] = [];
  private target: number;
  private lastStarvedMs = -Infinity;
  private lastShrinkMs = -Infinity;
  private lastJumpMs = -Infinity;
  private jumpPauseMs = FIRST_JUMP_PAUSE_MS;

  constructor(options: Partial<LatencyOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.target = this.options.targetS;
  }

  get targetS(): number {
    return this.target;
  }

  /** The element ran dry although pictures are coming: keep more ahead from now on. */
  starved(nowMs: number): void {
    if (nowMs - this.lastStarvedMs < 500) return;
    this.lastStarvedMs = nowMs;
    this.target = Math.min(this.target * GROW, this.options.maxTargetS);
    this.samples = [];
  }

  /** Forgets what it knew of the buffer, e.g. after a reconnect; what it learnt of the network stays. */
  reset(): void {
    this.samples = [];
    this.lastJumpMs = -Infinity;
    this.jumpPauseMs = FIRST_JUMP_PAUSE_MS;
  }

  /** What to do now. `joining`: nothing was shown yet, so a jump disturbs nobody and is worth it for less. */
  decide(nowMs: number, positionS: number, ranges: readonly Range[], joining = false): Decision {
    const last = ranges[ranges.length - 1];
    if (!last) return { seekTo: null, playbackRate: 1 };
    const liveS = Math.max(last[0], last[1] - this.target);
    const here = ranges.find(([start, end]) => positionS >= start - 0.001 && positionS <= end);
    if (!here) {
      // Before the first picture, in a hole left by dropped frames, or past the end of a trimmed buffer.
      return { seekTo: positionS > last[1] && positionS - last[1] < EDGE_S ? null : liveS, playbackRate: 1 };
    }
    if (here !== last && here[1] - positionS < EDGE_S * 2) return this.jump(nowMs, liveS);
    const behindS = last[1] - positionS;
    if (behindS > (joining ? 0.35 : this.options.jumpBehindS)) {
      return nowMs - this.lastJumpMs >= this.jumpPauseMs || joining
        ? this.jump(nowMs, liveS)
        : { seekTo: null, playbackRate: MAX_RATE };
    }
    this.shrink(nowMs);
    return { seekTo: null, playbackRate: this.rate(nowMs, behindS) };
  }

  private jump(nowMs: number, toS: number): Decision {
    // A machine that cannot keep up would jump without end and show nothing: wait longer each time.
    this.jumpPauseMs =
      nowMs - this.lastJumpMs < JUMPS_RELATED_MS
        ? Math.min(this.jumpPauseMs * 2, LONGEST_JUMP_PAUSE_MS)
        : FIRST_JUMP_PAUSE_MS;
    this.lastJumpMs = nowMs;
    this.samples = [];
    return { seekTo: toS, playbackRate: 1 };
  }

  private rate(nowMs: number, aheadS: number): number {
    this.samples.push({ atMs: nowMs, aheadS });
    while (this.samples.length > 0 && nowMs - (this.samples[0] as { atMs: number }).atMs > WINDOW_MS)
      this.samples.shift();
    if (this.samples.length < 3) return 1;
    // The least of the last second is the slack that was not needed; arrival in bursts does not count.
    const slackS = Math.min(...this.samples.map((sample) => sample.aheadS)) - this.target;
    if (slackS < 0.03) return 1;
    return Math.min(MAX_RATE, Math.max(MIN_RATE, 1 + Math.round(slackS * 50) / 100));
  }

  private shrink(nowMs: number): void {
    if (this.target <= this.options.targetS) return;
    if (nowMs - Math.max(this.lastStarvedMs, this.lastShrinkMs) < CALM_MS) return;
    this.lastShrinkMs = nowMs;
    this.target = Math.max(this.options.targetS, this.target / GROW);
  }
}

/** TimeRanges as pairs. */
export function rangesOf(ranges: TimeRanges): Range[] {
  const pairs: Range[] = [];
  for (let at = 0; at < ranges.length; at += 1) pairs.push([ranges.start(at), ranges.end(at)]);
  return pairs;
}
