import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AGAIN_MS, directionOf, Moves, type Order } from './moves';

const RIGHT = { pan: 1, tilt: 0, zoom: 0 };

describe('moves', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks again while held, stops once when let go, in this order', async () => {
    const sent: Order[] = [];
    const moves = new Moves(
      (order) => Promise.resolve(sent.push(order)),
      () => undefined,
    );
    moves.hold(RIGHT);
    await vi.advanceTimersByTimeAsync(AGAIN_MS * 2 + 10);
    moves.release();
    moves.release();
    await vi.advanceTimersByTimeAsync(AGAIN_MS * 3);
    expect(sent.map((order) => order.kind)).toEqual(['continuous', 'continuous', 'continuous', 'stop']);
  });

  it('stops after a start that is still on its way, and goes on after one that was refused', async () => {
    const sent: string[] = [];
    const failures: unknown[] = [];
    const moves = new Moves(
      (order) =>
        new Promise((done, refuse) =>
          setTimeout(() => {
            sent.push(order.kind);
            if (order.kind === 'continuous') refuse(new Error('held'));
            else done(undefined);
          }, 300),
        ),
      (error) => failures.push(error),
    );
    moves.hold(RIGHT);
    moves.release();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual(['continuous', 'stop']);
    expect(failures).toHaveLength(1);
    expect(moves.isHeld).toBe(false);
  });

  it('knows its keys', () => {
    expect(directionOf('ArrowUp')).toEqual({ pan: 0, tilt: 1, zoom: 0 });
    expect(directionOf('a')).toBeUndefined();
  });
});
