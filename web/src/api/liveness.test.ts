import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LivenessStore, overlay } from './liveness';

const CAMERA = 'c1';
let store: LivenessStore;
beforeEach(() => {
  store = new LivenessStore();
});

describe('what is known of a camera', () => {
  it('is the newest event, not the last to come', () => {
    store.status(CAMERA, 200, { status: 'offline', reason: 'timeout' });
    store.status(CAMERA, 100, { status: 'live' });
    expect(store.get(CAMERA)).toMatchObject({ status: 'offline', reason: 'timeout', since_ms: 200 });
  });

  it('keeps the time at which a state began', () => {
    store.status(CAMERA, 100, { status: 'live' });
    store.status(CAMERA, 300, { status: 'live', watchers: 2 });
    expect(store.get(CAMERA)).toMatchObject({ since_ms: 100, watchers: 2 });
  });

  it('is live no longer when the proof ran out', () => {
    store.proof([[CAMERA, 1000, 21_000, 0]], 1000);
    store.expire(21_000);
    expect(store.get(CAMERA)?.status).toBe('live');
    store.expire(21_001);
    expect(store.get(CAMERA)).toMatchObject({ status: 'stalled', reason: 'no_frames' });
  });

  it('comes back by a new proof', () => {
    store.proof([[CAMERA, 1000, 21_000, 0]], 1000);
    store.expire(30_000);
    store.proof([[CAMERA, 31_000, 51_000, 1]], 31_000);
    expect(store.get(CAMERA)).toMatchObject({ status: 'live', watchers: 1 });
  });

  it('does not come back by a proof from before it stopped', () => {
    store.status(CAMERA, 5000, { status: 'no_consent', reason: 'permit_ended' });
    store.proof([[CAMERA, 4000, 24_000, 0]], 5100);
    expect(store.get(CAMERA)?.status).toBe('no_consent');
  });

  it('keeps recording through proofs', () => {
    store.status(CAMERA, 1, { status: 'live', recording: true });
    store.proof([[CAMERA, 2, 20_000, 0]], 2);
    expect(store.get(CAMERA)?.recording).toBe(true);
  });

  it('keeps a full disk through proofs, whether it was heard or read', () => {
    const full = { status: 'live', reason: 'disk_full' } as const;
    store.proof([[CAMERA, 1, 20_000, 0]], 1);
    expect(overlay(full, store.get(CAMERA)).reason).toBe('disk_full');
    store.status(CAMERA, 2, full);
    store.proof([[CAMERA, 3, 20_000, 0]], 3);
    expect(store.get(CAMERA)?.reason).toBe('disk_full');
    store.status(CAMERA, 4, { status: 'live' });
    expect(overlay(full, store.get(CAMERA)).reason).toBe('');
  });
});

describe('listeners', () => {
  it('are told once for a burst, and only of their camera', () => {
    vi.useFakeTimers();
    const own = vi.fn();
    const other = vi.fn();
    const all = vi.fn();
    store.subscribe(CAMERA, own);
    store.subscribe('c2', other);
    store.subscribeAll(all);
    for (let time = 0; time < 50; time++) store.status(CAMERA, time, { status: 'live' });
    vi.advanceTimersByTime(1000);
    expect(own).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
    expect([...(all.mock.calls[0]?.[0] as Set<string>)]).toEqual([CAMERA]);
    vi.useRealTimers();
  });

  it('of the map are not told of mere proofs', () => {
    vi.useFakeTimers();
    const all = vi.fn();
    store.proof([[CAMERA, 1000, 21_000, 0]], 1000);
    vi.advanceTimersByTime(1000);
    store.subscribeAll(all);
    store.proof([[CAMERA, 6000, 26_000, 0]], 6000);
    vi.advanceTimersByTime(1000);
    expect(all).not.toHaveBeenCalled();
    store.expire(26_001);
    vi.advanceTimersByTime(1000);
    expect(all).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it('hear of everything after a gap in the stream', () => {
    vi.useFakeTimers();
    store.status(CAMERA, 1, { status: 'live' });
    vi.advanceTimersByTime(1000);
    const own = vi.fn();
    store.subscribe(CAMERA, own);
    store.clear();
    vi.advanceTimersByTime(1000);
    expect(own).toHaveBeenCalledTimes(1);
    expect(store.get(CAMERA)).toBeUndefined();
    vi.useRealTimers();
  });
});

it('a proof alone says nothing of recording, nor of when the state began', () => {
  const row = { id: CAMERA, status: 'live' as const, recording: true, status_since_ms: 5 };
  store.proof([[CAMERA, 9000, 29_000, 0]], 9001);
  expect(overlay(row, store.get(CAMERA))).toMatchObject({ recording: true, status_since_ms: 5, proved_at_ms: 9000 });
});

it('a row shows newer word over what it was read with', () => {
  const row = { id: CAMERA, status: 'live' as const, name: 'x' };
  expect(overlay(row, undefined)).toBe(row);
  store.status(CAMERA, 9, { status: 'stalled', reason: 'no_frames' });
  expect(overlay(row, store.get(CAMERA))).toMatchObject({
    id: CAMERA,
    name: 'x',
    status: 'stalled',
    reason: 'no_frames',
  });
});
