/**
 * Plays a camera's recordings from any moment, piece after piece. The media element's own time runs on without holes:
 * a gap in the recording is a jump of the wall clock, not a stop of the picture. Framework-free.
 */

import type { PlaybackAnswer, PlaybackChunk, RecordingSource } from '../engine';
import { rangesOf } from '../live/latency';
import { MediaPipeline } from '../pipeline';
import { WallClock } from '../wallClock';

export type PlaybackPhase = 'idle' | 'loading' | 'playing' | 'paused' | 'waiting' | 'ended' | 'failed';

export interface PlaybackState {
  phase: PlaybackPhase;
  rate: number;
  /** The last hole that was passed over; null until one was. */
  passedGap: { fromMs: number; toMs: number } | null;
  /** Whose disk the shown picture lies on. */
  source: RecordingSource;
  error: unknown;
}

export interface PlaybackPlayerOptions {
  video: HTMLVideoElement;
  /** `isFirst`: somebody has just gone there, nothing is shown yet. */
  open(fromMs: number, toMs: number, signal: AbortSignal, isFirst: boolean): Promise<PlaybackAnswer>;
  onState(state: PlaybackState): void;
  now?: () => number;
}

const FIRST_PIECE_MS = 10_000;
const PIECE_MS = 30_000;
const AHEAD_S = 20;
const KEEP_BEHIND_S = 60;
const TICK_MS = 200;
/** A hole shorter than this is a late picture, not a gap. */
const GAP_MS = 2_000;
const RETRY_MS = 3_000;
/** Recordings newer than this are still being written: the end may move. */
const GROWING_MS = 60_000;
/** Media time left free between two seeks, so that their pictures never touch. */
const BASE_STEP_S = 10;
const DEFAULT_FRAME_S = 0.04;
const MUTE_FROM_RATE = 2;

export class PlaybackPlayer {
  private readonly options: PlaybackPlayerOptions;
  private readonly video: HTMLVideoElement;
  private readonly now: () => number;
  private readonly wall = new WallClock();
  private state: PlaybackState = { phase: 'idle', rate: 1, passedGap: null, source: 'centre', error: null };
  private readonly pipeline: MediaPipeline;
  private abort: AbortController | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private wantsPlay = false;
  private baseS = 0;
  private askedMs: number | null = null;
  /** Where the first piece after going there began. */
  private firstMs: number | null = null;
  /** Media time from which on pieces of a source were put. */
  private sources: { fromS: number; source: RecordingSource }[] = [];
  private cursorMs = 0;
  private loading = false;
  private waitUntilMs = 0;
  private ended = false;
  private firstPiece = true;
  private positionS = 0;
  private frameS = DEFAULT_FRAME_S;
  private lastFrameS = -1;

  constructor(options: PlaybackPlayerOptions) {
    this.options = options;
    this.video = options.video;
    this.now = options.now ?? (() => Date.now());
    this.pipeline = new MediaPipeline(options.video, {
      onFull: () => {
        const first = rangesOf(this.video.buffered)[0];
        return first ? [first[0], this.video.currentTime - 2] : null;
      },
      onError: (error) => this.fail(error),
    });
  }

  get current(): PlaybackState {
    return this.state;
  }

  /** Capture time of the shown picture; null before the first. */
  wallMs(): number | null {
    return this.wall.wallAt(this.video.currentTime);
  }

  /** Goes to a moment; within what is buffered at once, else it is fetched. Keeps playing or pausing. */
  seek(atMs: number): void {
    const mediaS = this.wall.mediaAt(atMs);
    const buffered = rangesOf(this.video.buffered);
    if (mediaS !== null && buffered.some(([start, end]) => mediaS >= start && mediaS < end - 0.05)) {
      this.positionS = mediaS;
      this.video.currentTime = mediaS;
      return;
    }
    this.load(atMs);
  }

  play(): void {
    this.wantsPlay = true;
    if (this.state.phase !== 'idle') void this.startElement();
  }

  pause(): void {
    this.wantsPlay = false;
    this.video.pause();
    if (this.state.phase === 'playing' || this.state.phase === 'waiting') this.set({ phase: 'paused' });
  }

  setRate(rate: number): void {
    this.video.defaultPlaybackRate = rate;
    this.video.playbackRate = rate;
    if (rate > MUTE_FROM_RATE) this.video.muted = true;
    this.set({ rate });
  }

  /** One picture forth (1) or back (-1); pauses. */
  step(direction: 1 | -1): void {
    this.pause();
    const targetS = this.video.currentTime + direction * this.frameS;
    const inside = rangesOf(this.video.buffered).some(([start, end]) => targetS >= start && targetS <= end);
    if (inside) {
      this.positionS = targetS;
      this.video.currentTime = targetS;
      return;
    }
    const wallMs = this.wallMs();
    if (wallMs !== null && direction < 0) this.seek(wallMs - this.frameS * 1000);
  }

  stop(): void {
    this.abort?.abort();
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.pipeline.close();
    this.wall.clear();
    this.wantsPlay = false;
    this.set({ phase: 'idle', passedGap: null, error: null });
  }

  /** Looks again for the moment that was gone to, if nothing was found there: there is another source by now. */
  again(): void {
    const { phase } = this.state;
    if (phase === 'idle' || this.askedMs === null) return;
    const found = this.wall.size > 0 ? this.firstMs : null;
    if (found === null || found > this.askedMs + GAP_MS) this.load(this.askedMs);
  }

  private load(atMs: number): void {
    this.askedMs = atMs;
    this.firstMs = null;
    this.abort?.abort();
    this.abort = new AbortController();
    this.pipeline.dropPending();
    this.wall.clear();
    this.sources = [];
    this.cursorMs = atMs;
    this.waitUntilMs = 0;
    this.loading = this.ended = false;
    this.firstPiece = true;
    this.set({ phase: 'loading', error: null, passedGap: null });
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    if (this.pipeline.opened) {
      const ranges = rangesOf(this.video.buffered);
      const endS = ranges[ranges.length - 1]?.[1] ?? 0;
      this.baseS = Math.max(this.baseS, endS) + BASE_STEP_S;
    }
    void this.fill();
  }

  private tick(): void {
    this.followFrames();
    const position = this.video.currentTime;
    if (position > this.positionS && position - this.positionS < 5 * Math.max(1, this.state.rate)) {
      const gap = this.wall.jumpsBetween(this.positionS, position, GAP_MS).pop();
      if (gap) this.set({ passedGap: gap });
    }
    this.positionS = position;
    const source = this.sources.findLast((one) => one.fromS <= position + DEFAULT_FRAME_S)?.source;
    if (source) this.set({ source });
    this.nudge(position);
    if (!this.loading && this.now() >= this.waitUntilMs && this.aheadS() < AHEAD_S * Math.max(1, this.state.rate)) {
      void this.fill();
    }
    this.judge();
    const first = rangesOf(this.video.buffered)[0];
    if (first && this.pipeline.idle && position - first[0] > KEEP_BEHIND_S * 1.5) {
      this.pipeline.remove(first[0], position - KEEP_BEHIND_S);
      this.wall.forgetBefore(position - KEEP_BEHIND_S);
    }
  }

  /** A few missing milliseconds between two pieces must not stop the picture. */
  private nudge(position: number): void {
    if (this.video.seeking || this.video.readyState > 2) return;
    const ranges = rangesOf(this.video.buffered);
    if (ranges.some(([start, end]) => position >= start && end - position > 0.1)) return;
    const next = ranges.find(([start]) => start > position && start - position < BASE_STEP_S / 2);
    if (next) this.video.currentTime = next[0] + 0.001;
  }

  private aheadS(): number {
    const position = this.video.currentTime;
    const ranges = rangesOf(this.video.buffered).filter(([, end]) => end >= position);
    const end = ranges[ranges.length - 1]?.[1] ?? position;
    return end - Math.max(position, this.baseS);
  }

  private judge(): void {
    const { phase } = this.state;
    if (phase === 'idle' || phase === 'failed' || phase === 'loading') return;
    if (!this.wantsPlay) return this.set({ phase: 'paused' });
    if (this.ended && this.aheadS() < 0.15) return this.set({ phase: 'ended' });
    this.set({ phase: this.video.readyState >= 3 && !this.video.paused ? 'playing' : 'waiting' });
    if (this.video.paused) void this.startElement();
  }

  private async startElement(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if (error instanceof Error && error.name === 'NotAllowedError') this.video.muted = true;
    }
  }

  private async fill(): Promise<void> {
    const { abort } = this;
    if (!abort || abort.signal.aborted) return;
    this.loading = true;
    const lengthMs = this.firstPiece ? FIRST_PIECE_MS : PIECE_MS * Math.min(2, Math.max(1, this.state.rate));
    try {
      const answer = await this.options.open(
        this.cursorMs,
        this.cursorMs + lengthMs,
        abort.signal,
        this.wall.size === 0,
      );
      if (abort !== this.abort) return;
      if (answer.chunk) await this.take(answer.chunk, abort);
      else this.nothingThere(answer.nextMs);
    } catch (error) {
      if (abort !== this.abort || abort.signal.aborted) return;
      this.waitUntilMs = this.now() + RETRY_MS;
      if (this.wall.size === 0) this.set({ phase: 'failed', error });
    } finally {
      if (abort === this.abort) this.loading = false;
    }
  }

  private nothingThere(nextMs: number | null): void {
    if (nextMs !== null) {
      // An answer that names the moment asked for must not be asked for again without end.
      this.cursorMs = Math.max(nextMs, this.cursorMs + DEFAULT_FRAME_S * 1000);
      return;
    }
    this.ended = true;
    // Recordings grow at their end: look again, unless the moment lies in the far past (nothing will come).
    this.waitUntilMs = this.now() - this.cursorMs < GROWING_MS ? this.now() + RETRY_MS : Infinity;
    if (this.wall.size === 0) this.set({ phase: 'ended' });
  }

  private async take(chunk: PlaybackChunk, abort: AbortController): Promise<void> {
    this.pipeline.open();
    this.pipeline.setType(chunk.mime);
    const startS = this.placeOf(chunk);
    this.wall.add(startS, chunk.startMs);
    this.firstMs ??= chunk.startMs;
    this.sources = [...this.sources.slice(-50), { fromS: startS, source: chunk.source }];
    this.ended = false;
    const reader = chunk.body.getReader();
    let rest: Uint8Array = new Uint8Array(0);
    for (;;) {
      const { done, value } = await reader.read();
      if (abort !== this.abort) return;
      if (value) {
        rest = this.appendWhole(concat(rest, value), startS);
        if (this.firstPiece && this.pipeline.pendingBytes === 0) this.showFirst(startS, chunk.startMs);
      }
      if (done) break;
    }
    await this.settled();
    if (abort !== this.abort) return;
    if (this.firstPiece) this.showFirst(startS, chunk.startMs);
    this.firstPiece = false;
    const ranges = rangesOf(this.video.buffered);
    const endMs = this.wall.wallAt(ranges[ranges.length - 1]?.[1] ?? startS) ?? chunk.startMs;
    // A piece that brought nothing new must not be asked for again and again.
    this.cursorMs = endMs > this.cursorMs + 20 ? endMs : this.cursorMs + GAP_MS / 2;
  }

  /** Media time at which a piece begins: where its wall time says, or right after what is there when a gap lies between. */
  private placeOf(chunk: PlaybackChunk): number {
    if (this.wall.size === 0) return this.baseS;
    const ranges = rangesOf(this.video.buffered);
    const endS = ranges[ranges.length - 1]?.[1] ?? this.baseS;
    const endMs = this.wall.wallAt(endS) ?? chunk.startMs;
    const apartMs = chunk.startMs - endMs;
    if (apartMs >= GAP_MS) return endS;
    return Math.max(this.baseS, apartMs > 0 && apartMs < 100 ? endS : endS + apartMs / 1000);
  }

  private showFirst(startS: number, startMs: number): void {
    if (this.state.phase !== 'loading') return;
    const ranges = rangesOf(this.video.buffered);
    const endS = ranges[ranges.length - 1]?.[1] ?? startS;
    const wantedS = startS + Math.max(0, this.cursorMs - startMs) / 1000;
    if (endS <= wantedS + 0.05 && !this.pipeline.idle) return;
    if (endS <= startS) return;
    this.positionS = Math.min(wantedS, Math.max(startS, endS - 0.05));
    this.video.currentTime = this.positionS;
    this.video.playbackRate = this.state.rate;
    this.set({ phase: this.wantsPlay ? 'waiting' : 'paused' });
    if (this.wantsPlay) void this.startElement();
  }

  /** Appends the whole top-level boxes of what came so far, so that an offset never changes inside one. */
  private appendWhole(data: Uint8Array, offsetS: number): Uint8Array {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    while (at + 8 <= data.byteLength) {
      const size = view.getUint32(at);
      const next = size === 1 && at + 16 <= data.byteLength ? at + Number(view.getBigUint64(at + 8)) : at + size;
      if (size === 0 || (size !== 1 && size < 8) || next > data.byteLength || next <= at) break;
      at = next;
    }
    if (at > 0) this.pipeline.append(data.slice(0, at), offsetS);
    return data.slice(at);
  }

  private async settled(): Promise<void> {
    while (this.pipeline.opened && !this.pipeline.idle) await new Promise((resolve) => setTimeout(resolve, 15));
  }

  /** The decoder gave up: start over from the moment that is shown. */
  private fail(error: unknown): void {
    const atMs = this.wallMs();
    const wasPlaying = this.wantsPlay;
    this.stop();
    this.baseS = 0;
    this.set({ phase: 'failed', error });
    if (atMs === null) return;
    this.wantsPlay = wasPlaying;
    this.load(atMs + GAP_MS / 2);
  }

  private followFrames(): void {
    const quality = this.video.getVideoPlaybackQuality?.();
    if (!quality || this.video.paused || this.lastFrameS >= 0) return;
    this.lastFrameS = 0;
    this.video.requestVideoFrameCallback?.((_, first) => {
      this.video.requestVideoFrameCallback((__, second) => {
        const apart = second.mediaTime - first.mediaTime;
        const presented = second.presentedFrames - first.presentedFrames;
        if (apart > 0.005 && apart < 1 && presented === 1 && this.state.rate <= 1) this.frameS = apart;
      });
    });
  }

  private set(change: Partial<PlaybackState>): void {
    const next = { ...this.state, ...change };
    if ((Object.keys(next) as (keyof PlaybackState)[]).every((key) => next[key] === this.state[key])) return;
    this.state = next;
    this.options.onState(next);
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.byteLength === 0) return second;
  const whole = new Uint8Array(first.byteLength + second.byteLength);
  whole.set(first);
  whole.set(second, first.byteLength);
  return whole;
}
