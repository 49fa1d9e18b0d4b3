/** A <video> fed through a MediaSource with one SourceBuffer: opened early, typed when the stream's kind is known. */

import { BufferQueue, type BufferQueueHandlers } from './bufferQueue';

type MediaSourceClass = typeof MediaSource;

/** What this browser offers; null: it cannot play streams at all. Phones of one maker have a managed kind only. */
export function mediaSourceClass(): MediaSourceClass | null {
  const managed = (globalThis as { ManagedMediaSource?: MediaSourceClass }).ManagedMediaSource;
  return managed ?? (typeof MediaSource === 'undefined' ? null : MediaSource);
}

export function canPlay(mime: string): boolean {
  return mediaSourceClass()?.isTypeSupported(mime) ?? false;
}

let h265: boolean | null = null;

/** Whether H.265 needs no conversion here; asked once. */
export function playsH265(): boolean {
  h265 ??= canPlay('video/mp4; codecs="hvc1.1.6.L93.B0"');
  return h265;
}

export interface PipelineHandlers extends BufferQueueHandlers {
  /** The decoder gave up, or the buffer takes no more. */
  onError(error: unknown): void;
}

export class MediaPipeline {
  private readonly video: HTMLVideoElement;
  private readonly handlers: PipelineHandlers;
  private source: MediaSource | null = null;
  private objectUrl = '';
  private queue: BufferQueue | null = null;
  private waiting: { data: Uint8Array; offsetS: number }[] = [];
  private mime = '';

  constructor(video: HTMLVideoElement, handlers: PipelineHandlers) {
    this.video = video;
    this.handlers = handlers;
  }

  get opened(): boolean {
    return this.source !== null;
  }

  /** Binds the element to a new MediaSource; what is appended before it opens waits. */
  open(): void {
    const Source = mediaSourceClass();
    if (!Source || this.source) return;
    const source = new Source();
    this.source = source;
    if ('ManagedMediaSource' in globalThis) this.video.disableRemotePlayback = true;
    source.addEventListener('sourceopen', () => this.attach(source), { once: true });
    this.video.addEventListener('error', this.onVideoError);
    this.objectUrl = URL.createObjectURL(source);
    this.video.src = this.objectUrl;
  }

  /** What kind the following pieces are. May change; throws where the browser cannot change it. */
  setType(mime: string): void {
    const before = this.mime;
    this.mime = mime;
    if (this.queue && before !== mime) this.queue.changeType(mime);
    else if (this.source) this.attach(this.source);
  }

  append(data: Uint8Array, offsetS: number): void {
    if (this.queue) this.queue.append(data, offsetS);
    else this.waiting.push({ data, offsetS });
  }

  remove(fromS: number, toS: number): void {
    this.queue?.remove(fromS, toS);
  }

  dropPending(): void {
    this.waiting = [];
    this.queue?.dropPending();
  }

  get pendingBytes(): number {
    return (this.queue?.pendingBytes ?? 0) + this.waiting.reduce((sum, one) => sum + one.data.byteLength, 0);
  }

  get idle(): boolean {
    return this.waiting.length === 0 && (this.queue?.idle ?? true);
  }

  /** The offset of the pieces appended last, seconds. */
  get offsetS(): number {
    return this.source?.sourceBuffers[0]?.timestampOffset ?? 0;
  }

  /** Lets go of the element, which is empty afterwards. */
  close(): void {
    this.queue?.close();
    this.queue = null;
    this.source = null;
    this.waiting = [];
    this.mime = '';
    this.video.removeEventListener('error', this.onVideoError);
    if (!this.objectUrl) return;
    URL.revokeObjectURL(this.objectUrl);
    this.objectUrl = '';
    this.video.removeAttribute('src');
    this.video.load();
  }

  private readonly onVideoError = (): void => {
    if (this.source) this.handlers.onError(this.video.error);
  };

  private attach(source: MediaSource): void {
    if (this.source !== source || this.queue || !this.mime || source.readyState !== 'open') return;
    try {
      this.queue = new BufferQueue(source.addSourceBuffer(this.mime), this.handlers);
    } catch (error) {
      this.handlers.onError(error);
      return;
    }
    const { waiting } = this;
    this.waiting = [];
    for (const { data, offsetS } of waiting) this.queue.append(data, offsetS);
  }
}
