/** Plays one camera live into a <video> with as little delay as the browser allows. Framework-free. */

import { fragmentStart, parseInit, type InitInfo } from '../mp4';
import { canPlay, MediaPipeline, mediaSourceClass } from '../pipeline';
import type { TokenBroker } from '../tokens';
import { WallClock } from '../wallClock';
import { LiveConnection, type ConnectionFault } from './connection';
import { INIT_SEGMENT, MEDIA_FRAGMENT, type BinaryMessage, type StreamName, type TextMessage } from './frames';
import { LatencyKeeper, rangesOf, type Range } from './latency';
import { INITIAL_STATE, phaseOf, type LiveState } from './state';
import { Timebase } from './timebase';

export interface LivePlayerOptions {
  cameraId: string;
  video: HTMLVideoElement;
  /** Holds the last picture while the element has none; its size is set here. */
  still: HTMLCanvasElement;
  tokens: TokenBroker;
  onState(state: LiveState): void;
  /** The small stream for walls, the main one for a large picture. */
  stream?: StreamName;
  makeSocket?: (url: string) => WebSocket;
}

const TICK_MS = 100;
const KEEP_BEHIND_S = 4;
const TRIM_ABOVE_S = 15;
/** No new picture for this long on an open connection is called stalled, even when the engine does not say so. */
const STALLED_MS = 3_000;
const PENDING_LIMIT_BYTES = 16_000_000;
const STILL_WIDTH_PX = 960;
const REBUILDS_RELATED_MS = 10_000;
const UNSETTLED_MS = 1_500;
const SMALLEST_RATE_STEP = 0.015;

export class LivePlayer {
  private readonly options: LivePlayerOptions;
  private readonly video: HTMLVideoElement;
  private readonly connection: LiveConnection;
  private readonly latency = new LatencyKeeper();
  private readonly timebase = new Timebase();
  private readonly wall = new WallClock();
  private state: LiveState = INITIAL_STATE;
  private readonly pipeline: MediaPipeline;
  private mime = '';
  private init: InitInfo | null = null;
  private started = false;
  private visible = true;
  private running = false;
  private timer: ReturnType<typeof setInterval> | null = null;
  private openedAtMs = 0;
  private lastFragmentMs = 0;
  private lastPositionS = -1;
  private engineSaysGone = false;
  private lastMovedMs = 0;
  private shownOnce = false;
  private rebuiltAtMs = -Infinity;
  private rebuilds = 0;
  private jumpedAtMs = -Infinity;
  private stillWallMs: number | null = null;
  /** Milliseconds from start (or becoming visible) to the first picture on the screen; null until then. */
  firstPictureMs: number | null = null;

  constructor(options: LivePlayerOptions) {
    this.options = options;
    this.video = options.video;
    this.pipeline = new MediaPipeline(options.video, {
      onFull: () => this.makeRoom(),
      onError: () => this.rebuild(),
      onDone: () => this.onAppended(),
    });
    this.connection = new LiveConnection({
      cameraId: options.cameraId,
      tokens: options.tokens,
      stream: options.stream,
      makeSocket: options.makeSocket,
      handlers: {
        onOpen: () => this.onOpen(),
        onInit: (message) => this.onInit(message),
        onStatus: (message) => this.onStatus(message),
        onStream: (message) => this.onStream(message),
        onSkip: () => undefined,
        onBinary: (message) => this.onBinary(message),
        onDown: (fault) => this.onDown(fault),
      },
    });
  }

  start(): void {
    this.started = true;
    this.update();
  }

  /** Another stream from now on; what is shown stays until its picture is there. */
  want(stream: StreamName): void {
    this.connection.want(stream);
  }

  /** Not visible: the connection is given up and the last picture kept; visible again: rejoined at the live edge. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.update();
  }

  /** Ends for good and frees the element. */
  stop(): void {
    this.started = false;
    this.update();
    this.forgetStill();
  }

  get current(): LiveState {
    return this.state;
  }

  /** Capture time of the picture on the screen, live or left over; null when there is none. */
  wallMs(): number | null {
    if (!this.shownOnce) return this.stillWallMs;
    return this.wall.wallAt(this.video.currentTime) ?? this.stillWallMs;
  }

  /** Age of the shown picture on the engine's clock; null until both are known. */
  delayMs(): number | null {
    const wallMs = this.wallMs();
    return wallMs === null ? null : Date.now() + (this.connection.serverClockOffsetMs ?? 0) - wallMs;
  }

  stats(): Record<string, number | string | null> {
    const quality = this.video.getVideoPlaybackQuality?.();
    const ranges = rangesOf(this.video.buffered);
    const end = ranges[ranges.length - 1]?.[1] ?? 0;
    return {
      phase: this.state.phase,
      ahead_s: end - this.video.currentTime,
      target_s: this.latency.targetS,
      playback_rate: this.video.playbackRate,
      delay_ms: this.delayMs(),
      first_picture_ms: this.firstPictureMs,
      frames: quality?.totalVideoFrames ?? 0,
      dropped: quality?.droppedVideoFrames ?? 0,
      rebuilds: this.rebuilds,
    };
  }

  private update(): void {
    const run = this.started && this.visible;
    if (run === this.running) return;
    this.running = run;
    if (run) {
      this.openedAtMs = performance.now();
      this.firstPictureMs = null;
      this.setState({ phase: 'connecting', reason: '' });
      this.timer = setInterval(() => this.tick(), TICK_MS);
      this.assemble();
      this.connection.open();
    } else {
      if (this.timer !== null) clearInterval(this.timer);
      this.timer = null;
      this.connection.close();
      this.keepStill();
      this.dismantle();
      if (this.started) this.setState({ phase: 'paused', reason: '' });
    }
  }

  // Messages

  private onOpen(): void {
    this.timebase.restart();
    this.latency.reset();
    this.lastFragmentMs = performance.now();
  }

  private onInit(message: Extract<TextMessage, { type: 'init' }>): void {
    if (!mediaSourceClass()) {
      this.setState({ phase: 'offline', reason: 'no_mse' });
      return;
    }
    if (!canPlay(message.mime)) {
      if (this.connection.transcode) {
        this.setState({ phase: 'offline', reason: 'unsupported' });
      } else {
        this.connection.transcode = true;
        this.connection.reopen();
      }
      return;
    }
    this.setState({
      widthPx: message.width,
      heightPx: message.height,
      recording: message.record,
      transcoded: this.connection.transcode,
    });
    const changed = this.mime !== '' && this.mime !== message.mime;
    if (changed && typeof SourceBuffer.prototype.changeType !== 'function') {
      this.rebuild();
      return;
    }
    this.assemble();
    this.mime = message.mime;
    this.pipeline.setType(message.mime);
  }

  private onStream(message: Extract<TextMessage, { type: 'stream' }>): void {
    this.setState({
      stream: message.stream || this.state.stream,
      streamReason: message.reason,
      transcoded: message.converted,
    });
  }

  private onStatus(message: Extract<TextMessage, { type: 'status' }>): void {
    const phase = phaseOf(message.status);
    // "live" is said by pictures on this screen, not by the engine.
    this.engineSaysGone = phase === 'stalled' || phase === 'offline';
    if (phase === 'live') this.lastFragmentMs = performance.now();
    else if (phase === 'no_consent') this.withdraw(message.reason);
    else this.setState({ phase, reason: message.reason });
  }

  private onBinary(message: BinaryMessage): void {
    if (message.kind === INIT_SEGMENT) {
      this.init = parseInit(message.data);
      this.pipeline.append(message.data, this.pipeline.offsetS);
      return;
    }
    if (message.kind !== MEDIA_FRAGMENT || !this.init) return;
    this.lastFragmentMs = performance.now();
    this.engineSaysGone = false;
    const startS = fragmentStart(message.data, this.init);
    if (startS === null) return;
    if (this.pipeline.pendingBytes > PENDING_LIMIT_BYTES) {
      this.rebuild();
      return;
    }
    const offsetS = this.timebase.offsetFor(startS, this.bufferedEnd());
    this.wall.add(startS + offsetS, message.wallMs);
    this.pipeline.append(message.data, offsetS);
  }

  private onDown(fault: ConnectionFault | ''): void {
    if (fault === 'no_permit' || fault === 'needs_request') this.withdraw(fault);
    else if (fault) this.setState({ phase: this.state.hasPicture ? 'stalled' : 'offline', reason: fault });
  }

  /** Without consent no picture stays either, not even the last one. */
  private withdraw(reason: string): void {
    this.dismantle();
    this.forgetStill();
    this.setState({ phase: 'no_consent', reason, hasPicture: false });
  }

  // Media source

  /** Opens the element's source before the first message comes: it takes as long as asking for the token. */
  private assemble(): void {
    if (this.pipeline.opened) return;
    this.pipeline.open();
    this.video.addEventListener('waiting', this.onWaiting);
    this.video.addEventListener('loadeddata', this.onFirstFrame);
  }

  private dismantle(): void {
    this.video.removeEventListener('waiting', this.onWaiting);
    this.video.removeEventListener('loadeddata', this.onFirstFrame);
    this.pipeline.close();
    this.init = null;
    this.mime = '';
    this.wall.clear();
    this.timebase.restart();
    this.latency.reset();
    this.shownOnce = false;
    this.lastPositionS = -1;
  }

  /** Starts over from the next keyframe after a decoder error or a buffer that takes no more. */
  private rebuild(): void {
    const now = performance.now();
    this.rebuilds += 1;
    const again = now - this.rebuiltAtMs < REBUILDS_RELATED_MS;
    this.rebuiltAtMs = now;
    this.keepStill();
    this.dismantle();
    // A stream that breaks the decoder twice running is asked for in a form that the engine has made over.
    if (again && this.rebuilds > 2) this.connection.transcode = true;
    this.setState({ phase: this.state.hasPicture ? 'stalled' : 'connecting', reason: 'decoder' });
    this.connection.reopen();
  }

  private readonly onFirstFrame = (): void => this.tick();

  private readonly onWaiting = (): void => {
    const now = performance.now();
    // A jump, the first second and a stream that stopped all wait too; they tell nothing of the network.
    const even = now - this.jumpedAtMs > UNSETTLED_MS && now - this.lastFragmentMs < 300;
    if (this.shownOnce && even) this.latency.starved(now);
  };

  private makeRoom(): [number, number] | null {
    const first = rangesOf(this.video.buffered)[0];
    return first ? [first[0], this.video.currentTime - 0.5] : null;
  }

  private bufferedEnd(): number {
    const { buffered } = this.video;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
  }

  private onAppended(): void {
    if (!this.shownOnce) this.tick();
  }

  // Playing

  private tick(): void {
    const now = performance.now();
    const { video } = this;
    const ranges = rangesOf(video.buffered);
    if (ranges.length > 0) {
      const joining = !this.shownOnce;
      if (joining && video.readyState < 2) this.awaitKeyframe(ranges[0] as Range);
      else this.keepUp(now, ranges, joining);
      if (video.paused) void video.play().catch((error: unknown) => this.onPlayRefused(error));
      if (joining && video.readyState >= 2) this.onShown(now);
    }
    this.judge(now);
    if (this.pipeline.idle && ranges[0] && video.currentTime - ranges[0][0] > TRIM_ABOVE_S) {
      const cutS = video.currentTime - KEEP_BEHIND_S;
      this.pipeline.remove(ranges[0][0], cutS);
      this.wall.forgetBefore(cutS);
    }
  }

  /** The keyframe is shown as soon as it is decoded; only then does it pay to run to the live edge. */
  private awaitKeyframe([startS, endS]: Range): void {
    const { currentTime } = this.video;
    if (!this.video.seeking && (currentTime < startS || currentTime > endS)) this.video.currentTime = startS;
  }

  private keepUp(now: number, ranges: Range[], joining: boolean): void {
    const { video } = this;
    const decision = this.latency.decide(now, video.currentTime, ranges, joining);
    if (decision.seekTo !== null && !video.seeking) {
      video.currentTime = decision.seekTo;
      this.jumpedAtMs = now;
    }
    if (Math.abs(video.playbackRate - decision.playbackRate) > SMALLEST_RATE_STEP) {
      video.playbackRate = decision.playbackRate;
    }
  }

  private onShown(now: number): void {
    this.shownOnce = true;
    this.jumpedAtMs = now;
    this.firstPictureMs ??= now - this.openedAtMs;
    this.stillWallMs = null;
    this.setState({ hasPicture: true });
  }

  /** Browsers refuse to play sound before the person touched the page; pictures they never refuse. */
  private onPlayRefused(error: unknown): void {
    if (error instanceof Error && error.name === 'NotAllowedError') this.video.muted = true;
  }

  private judge(now: number): void {
    const position = this.video.currentTime;
    if (position !== this.lastPositionS && this.shownOnce) {
      this.lastPositionS = position;
      this.lastMovedMs = now;
    }
    // What is still in the buffer plays on for a moment; it must not make a camera live that the engine has lost.
    if (this.engineSaysGone) return;
    const fresh = now - this.lastFragmentMs < STALLED_MS;
    if (this.shownOnce && fresh && now - this.lastMovedMs < STALLED_MS) {
      this.rebuildsForgiven(now);
      this.setState({ phase: 'live', reason: '' });
    } else if (this.state.phase === 'live') {
      this.setState({ phase: 'stalled', reason: 'no_frames' });
    }
  }

  private rebuildsForgiven(now: number): void {
    if (this.rebuilds > 0 && now - this.rebuiltAtMs > 6 * REBUILDS_RELATED_MS) this.rebuilds = 0;
  }

  /** Paints the picture on the screen into the canvas below, which stays when the element is emptied. */
  private keepStill(): void {
    const { video } = this;
    const { still } = this.options;
    if (!this.shownOnce || video.videoWidth === 0) return;
    this.stillWallMs = this.wallMs();
    const scale = Math.min(1, STILL_WIDTH_PX / video.videoWidth);
    still.width = Math.round(video.videoWidth * scale);
    still.height = Math.round(video.videoHeight * scale);
    still.getContext('2d')?.drawImage(video, 0, 0, still.width, still.height);
  }

  private forgetStill(): void {
    this.options.still.width = 0;
    this.stillWallMs = null;
  }

  private setState(change: Partial<LiveState>): void {
    const next = { ...this.state, ...change };
    const same = (Object.keys(next) as (keyof LiveState)[]).every((key) => next[key] === this.state[key]);
    if (same) return;
    this.state = next;
    this.options.onState(next);
  }
}
