/** The live WebSocket of one camera: token, connect, messages, reconnect for ever. No pictures are understood here. */

import { playsH265 } from '../pipeline';
import type { TokenBroker } from '../tokens';
import { Backoff } from './backoff';
import { parseBinary, parseText, type BinaryMessage, type StreamName, type TextMessage } from './frames';

/** Why there is no connection, in the words of the contract's reasons and a few that only a console knows. */
export type ConnectionFault =
  | 'engine_unreachable'
  | 'connection_lost'
  | 'no_permit'
  | 'needs_request'
  | 'not_in_scope'
  | 'no_permission'
  | 'signed_out'
  | 'engine_silent';

export interface ConnectionHandlers {
  onOpen(): void;
  onInit(message: Extract<TextMessage, { type: 'init' }>): void;
  onStatus(message: Extract<TextMessage, { type: 'status' }>): void;
  onStream(message: Extract<TextMessage, { type: 'stream' }>): void;
  onSkip(): void;
  onBinary(message: BinaryMessage): void;
  /** The connection is gone and comes back by itself. `fault` empty: it moved to another worker, no fault. */
  onDown(fault: ConnectionFault | ''): void;
}

export interface ConnectionOptions {
  cameraId: string;
  tokens: TokenBroker;
  handlers: ConnectionHandlers;
  /** Ask the engine for a stream that every browser plays (H.264), dearer for the engine. */
  transcode?: boolean;
  /** Which stream of the camera to begin with. */
  stream?: StreamName;
  openWithinMs?: number;
  makeSocket?: (url: string) => WebSocket;
  random?: () => number;
}

const CLOSE_TOKEN = 4401;
const CLOSE_NO_PERMIT = 4403;
const REFUSALS: ReadonlySet<ConnectionFault> = new Set(['no_permit', 'needs_request', 'not_in_scope', 'no_permission']);
const CLOSE_UNKNOWN = 4404;
const CLOSE_MOVED = 4409;
/** A machine that stands still takes connections and answers nothing: a browser waits for minutes. */
const OPEN_WITHIN_MS = 6_000;
const PING_MS = 5_000;
/** No word for this long, not even an answer to a ping: the network died without saying so. */
const SILENCE_MS = 12_000;
/** After this long connected the next fault is a new one. */
const SETTLED_MS = 5_000;
/** Refusals are not asked again in a hurry: consent does not come back in a second. */
const REFUSED_RETRY_MS = 10_000;

export class LiveConnection {
  private readonly options: ConnectionOptions;
  private readonly backoff: Backoff;
  private socket: WebSocket | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | null = null;
  private openTimer: ReturnType<typeof setTimeout> | null = null;
  private pingTimer: ReturnType<typeof setInterval> | null = null;
  private generation = 0;
  private wanted = false;
  private openedAtMs = 0;
  private heardAtMs = 0;
  private clockOffsetMs: number | null = null;
  private bestRoundTripMs = Infinity;
  transcode: boolean;
  private stream: StreamName;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.stream = options.stream ?? 'main';
    this.transcode = options.transcode ?? false;
    this.backoff = new Backoff(options.random);
  }

  /** What to add to this machine's clock to get the engine's; null until known. */
  get serverClockOffsetMs(): number | null {
    return this.clockOffsetMs;
  }

  open(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.connect();
  }

  /** Another stream of the camera, over the same connection: the old picture stays until the new one comes. */
  want(stream: StreamName): void {
    if (this.stream === stream) return;
    this.stream = stream;
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify({ type: 'stream', stream }));
  }

  close(): void {
    this.wanted = false;
    this.backoff.reset();
    this.drop();
  }

  /** Connects anew at once, e.g. with `transcode` changed or after a decoder error. */
  reopen(): void {
    this.drop();
    if (this.wanted) void this.connect();
  }

  private drop(): void {
    this.generation += 1;
    for (const timer of [this.retryTimer, this.openTimer]) if (timer !== null) clearTimeout(timer);
    if (this.pingTimer !== null) clearInterval(this.pingTimer);
    this.retryTimer = this.openTimer = this.pingTimer = null;
    const socket = this.socket;
    this.socket = null;
    if (socket && socket.readyState <= 1) socket.close(1000);
  }

  private async connect(): Promise<void> {
    const generation = this.generation;
    let url: string;
    try {
      const token = await this.options.tokens.get(this.options.cameraId, 'live');
      url = liveUrl(token.origin, this.options.cameraId, token.token, this.transcode, this.stream);
    } catch (error) {
      if (generation === this.generation) this.retry(faultOf(error));
      return;
    }
    if (generation !== this.generation) return;
    const socket = this.options.makeSocket?.(url) ?? new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    let opened = false;
    const asked = this.stream;
    this.openTimer = setTimeout(() => this.leave('engine_unreachable'), this.options.openWithinMs ?? OPEN_WITHIN_MS);
    socket.onopen = () => {
      if (generation !== this.generation) return;
      if (this.openTimer !== null) clearTimeout(this.openTimer);
      if (asked !== this.stream) socket.send(JSON.stringify({ type: 'stream', stream: this.stream }));
      opened = true;
      this.openedAtMs = this.heardAtMs = performance.now();
      this.pingTimer = setInterval(() => this.ping(), PING_MS);
      this.ping();
      this.options.handlers.onOpen();
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (generation !== this.generation) return;
      this.heardAtMs = performance.now();
      this.take(event.data);
    };
    socket.onclose = (event) => {
      if (generation === this.generation) this.onClose(event.code, event.reason, opened);
    };
  }

  private take(data: string | ArrayBuffer): void {
    const { handlers } = this.options;
    if (typeof data !== 'string') {
      const message = parseBinary(data);
      if (message) handlers.onBinary(message);
      return;
    }
    const message = parseText(data);
    if (message?.type === 'init') handlers.onInit(message);
    else if (message?.type === 'status') handlers.onStatus(message);
    else if (message?.type === 'stream') handlers.onStream(message);
    else if (message?.type === 'skip') handlers.onSkip();
    else if (message?.type === 'pong') this.takePong(message.t, message.now_ms);
  }

  private onClose(code: number, reason: string, opened: boolean): void {
    const { tokens, cameraId } = this.options;
    if (opened && performance.now() - this.openedAtMs > SETTLED_MS) this.backoff.reset();
    // A handshake refused over HTTP shows no code: the kept token may be why.
    const needsRequest = code === CLOSE_NO_PERMIT && reason === 'needs_request';
    if (code === CLOSE_TOKEN || code === CLOSE_MOVED || needsRequest || !opened) tokens.discard(cameraId, 'live');
    if (code === CLOSE_NO_PERMIT) this.retry(needsRequest ? 'needs_request' : 'no_permit');
    else if (code === CLOSE_UNKNOWN) this.retry('not_in_scope');
    else if (code === CLOSE_MOVED || code === CLOSE_TOKEN) this.retry('');
    else this.retry(opened ? 'connection_lost' : 'engine_unreachable');
  }

  private retry(fault: ConnectionFault | ''): void {
    this.drop();
    const refused = fault !== '' && REFUSALS.has(fault);
    const waitMs = this.backoff.next() + (refused ? REFUSED_RETRY_MS : 0);
    this.retryTimer = setTimeout(() => {
      this.retryTimer = null;
      void this.connect();
    }, waitMs);
    this.options.handlers.onDown(fault);
  }

  /** The worker says nothing: by the time that we ask again another may have the camera, which a fresh token names. */
  private leave(fault: ConnectionFault): void {
    this.options.tokens.discard(this.options.cameraId, 'live');
    this.retry(fault);
  }

  private ping(): void {
    if (performance.now() - this.heardAtMs > SILENCE_MS) {
      this.leave('engine_silent');
      return;
    }
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify({ type: 'ping', t: Date.now() }));
  }

  private takePong(sentMs: number, serverMs: number): void {
    const now = Date.now();
    const roundTripMs = now - sentMs;
    if (roundTripMs < 0 || !serverMs) return;
    // The quickest answer tells the clock best; older knowledge fades so that a drifting clock is followed.
    if (roundTripMs <= this.bestRoundTripMs + 2) {
      this.bestRoundTripMs = roundTripMs;
      this.clockOffsetMs = serverMs - (sentMs + now) / 2;
    } else {
      this.bestRoundTripMs += 1;
    }
  }
}

/** The address of the live stream; `origin` is http(s)://host:port. */
export function liveUrl(
  origin: string,
  cameraId: string,
  token: string,
  transcode: boolean,
  stream: StreamName = 'main',
): string {
  const url = new URL(`/live/${encodeURIComponent(cameraId)}`, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('token', token);
  url.searchParams.set('stream', stream);
  // Said beforehand, so that the engine never begins with pictures that this browser cannot show.
  url.searchParams.set('plays', playsH265() && !transcode ? 'h264,h265' : 'h264');
  return url.href;
}

/** What a failed request for a token means to the person at the console. */
export function faultOf(error: unknown): ConnectionFault {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 401) return 'signed_out';
  if (status === 403) return 'no_permission';
  if (status === 404) return 'not_in_scope';
  return 'engine_unreachable';
}
