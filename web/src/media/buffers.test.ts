import { describe, expect, it, vi } from 'vitest';
import { BufferQueue } from './bufferQueue';
import { fragmentStart, parseInit } from './mp4';
import { box, concat, FakeSourceBuffer, fragment, initSegment, until } from './testing';
import { WallClock } from './wallClock';

describe('fragmentStart', () => {
  const init = parseInit(initSegment([1, 'vide', 90_000], [2, 'soun', 48_000]));

  it('reads timescales and the video track', () => {
    expect(init.videoTrackId).toBe(1);
    expect([...init.timescales]).toEqual([
      [1, 90_000],
      [2, 48_000],
    ]);
  });
  it('answers in seconds of the video run, wherever it stands', () => {
    expect(fragmentStart(fragment([2, 48_000], [1, 180_000]), init)).toBe(2);
  });
  it('takes a sound run when there is no picture', () => {
    expect(fragmentStart(fragment([2, 24_000]), init)).toBe(0.5);
  });
  it('keeps times beyond 32 bits', () => {
    expect(fragmentStart(fragment([1, 90_000 * 100_000]), init)).toBe(100_000);
  });
  it('survives rubbish', () => {
    expect(fragmentStart(new Uint8Array([0, 0, 0, 1]), init)).toBeNull();
    expect(fragmentStart(concat(box('moof', [0, 0, 0, 3, 1, 1, 1, 1])), init)).toBeNull();
    expect(parseInit(new Uint8Array(40).fill(255)).videoTrackId).toBeNull();
  });
});

describe('WallClock', () => {
  it('maps positions to capture times and back', () => {
    const clock = new WallClock();
    expect(clock.wallAt(3)).toBeNull();
    clock.add(0, 1_000_000);
    clock.add(10, 1_010_000);
    expect(clock.wallAt(4.5)).toBe(1_004_500);
    expect(clock.mediaAt(1_004_500)).toBeCloseTo(4.5);
    expect(clock.mediaAt(999_000)).toBeNull();
  });
  it('knows the hole between two stretches', () => {
    const clock = new WallClock();
    clock.add(0, 1_000_000);
    clock.add(10, 1_070_000); // a minute is missing
    expect(clock.wallAt(9.9)).toBe(1_009_900);
    expect(clock.wallAt(10.5)).toBe(1_070_500);
    expect(clock.mediaAt(1_040_000)).toBe(10);
    expect(clock.jumpsBetween(9.8, 10.1, 2000)).toEqual([{ fromMs: 1_010_000, toMs: 1_070_000 }]);
    expect(clock.jumpsBetween(10.1, 12, 2000)).toEqual([]);
  });
  it('keeps few anchors of an even stream, and forgets old ones', () => {
    const clock = new WallClock();
    for (let frame = 0; frame < 1000; frame += 1) clock.add(frame * 0.04, 5_000_000 + frame * 40);
    expect(clock.size).toBeLessThan(60);
    expect(clock.wallAt(20)).toBe(5_020_000);
    clock.forgetBefore(30);
    expect(clock.wallAt(35)).toBe(5_035_000);
    expect(clock.size).toBeLessThan(20);
  });
});

describe('BufferQueue', () => {
  const make = (room: [number, number] | null = null) => {
    const buffer = new FakeSourceBuffer();
    const onError = vi.fn();
    const queue = new BufferQueue(buffer, { onFull: () => room, onError });
    return { buffer, queue, onError };
  };

  it('does one thing at a time, and what waited in one piece', async () => {
    const { buffer, queue } = make();
    for (let at = 0; at < 5; at += 1) queue.append(new Uint8Array(10), 2);
    await until(() => queue.idle);
    expect(buffer.done).toEqual(['append 10 @2', 'append 40 @2']);
  });
  it('never mixes pieces of different offsets', async () => {
    const { buffer, queue } = make();
    queue.append(new Uint8Array(1), 0);
    queue.append(new Uint8Array(2), 0);
    queue.append(new Uint8Array(3), 7);
    await until(() => queue.idle);
    expect(buffer.done).toEqual(['append 1 @0', 'append 2 @0', 'append 3 @7']);
  });
  it('keeps the order of type changes', async () => {
    const { buffer, queue } = make();
    queue.append(new Uint8Array(1), 0);
    queue.changeType('video/mp4; codecs="avc1.640020"');
    queue.append(new Uint8Array(2), 0);
    await until(() => queue.idle);
    expect(buffer.done).toEqual(['append 1 @0', 'type video/mp4; codecs="avc1.640020"', 'append 2 @0']);
  });
  it('makes room and goes on when the buffer is full', async () => {
    const { buffer, queue, onError } = make([0, 12]);
    buffer.fullTimes = 1;
    queue.append(new Uint8Array(9), 0);
    await until(() => queue.idle);
    expect(buffer.done).toEqual(['remove 0-12', 'append 9 @0']);
    expect(onError).not.toHaveBeenCalled();
  });
  it('gives up when making room did not help', async () => {
    const { buffer, queue, onError } = make([0, 12]);
    buffer.fullTimes = 9;
    queue.append(new Uint8Array(9), 0);
    await until(() => onError.mock.calls.length > 0);
    expect(onError).toHaveBeenCalledOnce();
  });
  it('forgets waiting pieces on a seek, and everything when closed', async () => {
    const { buffer, queue } = make();
    queue.append(new Uint8Array(1), 0);
    queue.append(new Uint8Array(2), 5);
    queue.dropPending();
    expect(queue.pendingBytes).toBe(0);
    await until(() => queue.idle);
    expect(buffer.done).toEqual(['append 1 @0']);
    queue.close();
    queue.append(new Uint8Array(3), 0);
    expect(buffer.done).toHaveLength(1);
  });
});
