/** Puts work on a SourceBuffer one piece at a time, which is all that a SourceBuffer takes. */

export type BufferLike = Pick<
  SourceBuffer,
  'updating' | 'timestampOffset' | 'appendBuffer' | 'remove' | 'changeType' | 'addEventListener' | 'removeEventListener'
>;

export interface BufferQueueHandlers {
  /** The buffer is full. Answers with the range (seconds) that may go, or null when nothing may. */
  onFull(): [number, number] | null;
  /** The buffer took no more: it must be built anew. */
  onError(error: unknown): void;
  /** A piece of work is done: `buffered` may have changed. */
  onDone?(): void;
}

type Task =
  | { kind: 'append'; parts: Uint8Array[]; bytes: number; offsetS: number }
  | { kind: 'remove'; fromS: number; toS: number }
  | { kind: 'type'; mime: string };

/** Small fragments that waited are appended together, up to this much. */
const MERGE_BYTES = 4_000_000;

export class BufferQueue {
  private readonly buffer: BufferLike;
  private readonly handlers: BufferQueueHandlers;
  private tasks: Task[] = [];
  private closed = false;
  private fullTwice = false;

  constructor(buffer: BufferLike, handlers: BufferQueueHandlers) {
    this.buffer = buffer;
    this.handlers = handlers;
    buffer.addEventListener('updateend', this.onUpdateEnd);
    buffer.addEventListener('error', this.onBufferError);
  }

  /** Appends whole boxes, shown `offsetS` seconds after their own time. */
  append(data: Uint8Array, offsetS: number): void {
    const last = this.tasks[this.tasks.length - 1];
    if (last?.kind === 'append' && last.offsetS === offsetS && last.bytes + data.byteLength <= MERGE_BYTES) {
      last.parts.push(data);
      last.bytes += data.byteLength;
    } else {
      this.tasks.push({ kind: 'append', parts: [data], bytes: data.byteLength, offsetS });
    }
    this.work();
  }

  remove(fromS: number, toS: number): void {
    if (toS <= fromS) return;
    this.tasks.push({ kind: 'remove', fromS, toS });
    this.work();
  }

  changeType(mime: string): void {
    this.tasks.push({ kind: 'type', mime });
    this.work();
  }

  /** Forgets appends that have not begun, e.g. because of a seek. */
  dropPending(): void {
    this.tasks = this.tasks.filter((task) => task.kind !== 'append');
  }

  /** Bytes waiting to be appended. */
  get pendingBytes(): number {
    return this.tasks.reduce((sum, task) => sum + (task.kind === 'append' ? task.bytes : 0), 0);
  }

  get idle(): boolean {
    return this.tasks.length === 0 && !this.buffer.updating;
  }

  close(): void {
    this.closed = true;
    this.tasks = [];
    this.buffer.removeEventListener('updateend', this.onUpdateEnd);
    this.buffer.removeEventListener('error', this.onBufferError);
  }

  private readonly onUpdateEnd = (): void => {
    if (this.closed) return;
    this.handlers.onDone?.();
    this.work();
  };

  private readonly onBufferError = (): void => {
    if (!this.closed) this.handlers.onError(new Error('the browser refused a piece of the stream'));
  };

  private work(): void {
    while (!this.closed && !this.buffer.updating) {
      const task = this.tasks.shift();
      if (!task) return;
      try {
        this.begin(task);
      } catch (error) {
        if (task.kind === 'append' && isQuotaExceeded(error)) this.makeRoom(task, error);
        else this.handlers.onError(error);
        return;
      }
      if (task.kind === 'append') this.fullTwice = false;
    }
  }

  private begin(task: Task): void {
    if (task.kind === 'type') {
      this.buffer.changeType(task.mime);
    } else if (task.kind === 'remove') {
      this.buffer.remove(task.fromS, task.toS);
    } else {
      if (this.buffer.timestampOffset !== task.offsetS) this.buffer.timestampOffset = task.offsetS;
      this.buffer.appendBuffer(joined(task.parts, task.bytes));
    }
  }

  private makeRoom(task: Task, error: unknown): void {
    const range = this.fullTwice ? null : this.handlers.onFull();
    this.fullTwice = true;
    if (!range || range[1] <= range[0]) {
      this.handlers.onError(error);
      return;
    }
    this.tasks.unshift({ kind: 'remove', fromS: range[0], toS: range[1] }, task);
    this.work();
  }
}

function isQuotaExceeded(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === 'QuotaExceededError';
}

function joined(parts: Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0] as Uint8Array<ArrayBuffer>;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
