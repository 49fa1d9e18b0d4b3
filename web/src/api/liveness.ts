/**
 * The newest word about each camera's state, kept beside the query caches: thousands of proofs every five seconds
 * must not rewrite tables and maps. A row shows what it was read with, overlaid by what was heard since.
 */
import { useCallback, useSyncExternalStore } from 'react';
import type { CameraRow, Status } from './types';

export interface Liveness {
  status: Status;
  /** Undefined: nothing was heard of it, what was read holds. */
  reason?: string | undefined;
  /** When the state began; null when only proofs were heard, which do not say. */
  since_ms: number | null;
  proved_at_ms: number | null;
  proof_until_ms: number | null;
  /** Null when only proofs were heard. */
  recording: boolean | null;
  watchers: number;
}

export interface StatusEventData {
  status: Status;
  reason?: string;
  proved_at_ms?: number | null;
  proof_until_ms?: number | null;
  recording?: boolean;
  watchers?: number;
}

type BatchListener = (cameraIds: ReadonlySet<string>) => void;

export class LivenessStore {
  private readonly heard = new Map<string, Liveness>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly batchListeners = new Set<BatchListener>();
  private changed = new Set<string>();
  private turned = new Set<string>();
  private scheduled = false;
  /** Server time minus this machine's, so that a wrong clock here makes nothing look stalled. */
  clockOffset_ms = 0;

  get = (cameraId: string): Liveness | undefined => this.heard.get(cameraId);

  /** A camera.status event; one that is older than what is known changes nothing. */
  status(cameraId: string, time_ms: number, data: StatusEventData): void {
    const before = this.heard.get(cameraId);
    if ((before?.since_ms ?? 0) > time_ms) return;
    this.put(cameraId, {
      status: data.status,
      reason: data.reason ?? '',
      since_ms: (before?.status === data.status ? before.since_ms : null) ?? time_ms,
      proved_at_ms: data.proved_at_ms ?? before?.proved_at_ms ?? null,
      proof_until_ms: data.proof_until_ms ?? null,
      recording: data.recording ?? false,
      watchers: data.watchers ?? 0,
    });
  }

  /** Rows of a camera.proof event: camera, proved at, to be believed until, watchers. */
  proof(rows: [string, number, number, number][], time_ms: number): void {
    for (const [cameraId, proved_at_ms, proof_until_ms, watchers] of rows) {
      const before = this.heard.get(cameraId);
      // What is known is newer than this proof: the camera has stopped since.
      if (before && before.status !== 'live' && (before.since_ms ?? 0) > proved_at_ms && before.reason !== 'no_frames')
        continue;
      this.put(cameraId, {
        status: 'live',
        // A proof speaks of pictures only: a live camera whose disk is full stays so.
        reason: before?.status === 'live' ? before.reason : undefined,
        since_ms: !before ? null : before.status === 'live' ? before.since_ms : time_ms,
        recording: before?.recording ?? null,
        proved_at_ms,
        proof_until_ms,
        watchers,
      });
    }
  }

  /** A proof that ran out: believed live no longer, though nobody said so. */
  expire(now_ms = Date.now() + this.clockOffset_ms): void {
    for (const [cameraId, one] of this.heard)
      if (one.status === 'live' && one.proof_until_ms !== null && one.proof_until_ms < now_ms)
        this.put(cameraId, { ...one, status: 'stalled', reason: 'no_frames', since_ms: one.proof_until_ms });
  }

  /** After a gap in the stream nothing heard before it can be trusted. */
  clear(): void {
    const known = [...this.heard.keys()];
    this.heard.clear();
    for (const cameraId of known) {
      this.changed.add(cameraId);
      this.turned.add(cameraId);
    }
    this.schedule();
  }

  subscribe(cameraId: string, listener: () => void): () => void {
    const set = this.listeners.get(cameraId) ?? new Set();
    this.listeners.set(cameraId, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(cameraId);
    };
  }

  /** The cameras whose state became another one, gathered: for the map, which a mere proof does not change. */
  subscribeAll(listener: BatchListener): () => void {
    this.batchListeners.add(listener);
    return () => this.batchListeners.delete(listener);
  }

  private put(cameraId: string, next: Liveness): void {
    const before = this.heard.get(cameraId);
    this.heard.set(cameraId, next);
    this.changed.add(cameraId);
    if (before?.status !== next.status) this.turned.add(cameraId);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => {
      this.scheduled = false;
      const { changed, turned } = this;
      this.changed = new Set();
      this.turned = new Set();
      for (const cameraId of changed) this.listeners.get(cameraId)?.forEach((listener) => listener());
      if (turned.size > 0) this.batchListeners.forEach((listener) => listener(turned));
    }, 100);
  }
}

export const liveness = new LivenessStore();

type State = Pick<CameraRow, 'status'> & Partial<Pick<CameraRow, 'status_since_ms' | 'recording' | 'reason'>>;

/** `row` with its state replaced by newer word, if there is any; what was not heard stays as it was read. */
export function overlay<T extends State>(row: T, heard: Liveness | undefined): T {
  if (!heard) return row;
  const began = row.status === heard.status ? row.status_since_ms : (heard.proved_at_ms ?? null);
  return {
    ...row,
    status: heard.status,
    reason: heard.reason ?? (heard.status === row.status ? row.reason : ''),
    status_since_ms: heard.since_ms ?? began,
    proved_at_ms: heard.proved_at_ms,
    recording: heard.recording ?? row.recording,
    watchers: heard.watchers,
  };
}

export function useLiveness(cameraId: string): Liveness | undefined {
  const subscribe = useCallback((listener: () => void) => liveness.subscribe(cameraId, listener), [cameraId]);
  return useSyncExternalStore(subscribe, () => liveness.get(cameraId));
}
