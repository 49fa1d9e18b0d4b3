import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff';
import { LatencyKeeper, type Range } from './latency';
import { Timebase } from './timebase';

/** Plays `seconds` of a stream with `aheadS` buffered at first, ticking ten times a second. */
function run(keeper: LatencyKeeper, aheadS: number, seconds: number) {
  let position = 0;
  let end = aheadS;
  let jumps = 0;
  let rate = 1;
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    const decision = keeper.decide(tick * 100, position, [[0, end]]);
    if (decision.seekTo !== null) {
      position = decision.seekTo;
      jumps += 1;
    }
    rate = decision.playbackRate;
    position = Math.min(end, position + 0.1 * rate);
    end += 0.1;
  }
  return { behindS: end - position, jumps, rate };
}

describe('LatencyKeeper', () => {
  it('catches up gently when a little behind, without a jump', () => {
    const { behindS, jumps, rate } = run(new LatencyKeeper(), 0.8, 15);
    expect(jumps).toBe(0);
    expect(behindS).toBeLessThan(0.2);
    expect(behindS).toBeGreaterThan(0.05);
    expect(rate).toBe(1);
  });
  it('jumps to the live edge when more than a second behind', () => {
    const { behindS, jumps } = run(new LatencyKeeper(), 6, 5);
    expect(jumps).toBe(1);
    expect(behindS).toBeLessThan(0.25);
  });
  it('keeps rates between 1.02 and 1.25', () => {
    const keeper = new LatencyKeeper();
    const rates = new Set<number>();
    for (let tick = 0; tick < 40; tick += 1) rates.add(keeper.decide(tick * 100, 0, [[0, 0.9]]).playbackRate);
    expect([...rates].every((rate) => rate === 1 || (rate >= 1.02 && rate <= 1.25))).toBe(true);
    expect(Math.max(...rates)).toBe(1.25);
  });
  it('leaves a hole of dropped pictures for the newest stretch', () => {
    const ranges: Range[] = [
      [0, 10],
      [12, 12.5],
    ];
    expect(new LatencyKeeper().decide(0, 9.95, ranges).seekTo).toBeCloseTo(12.4);
    expect(new LatencyKeeper().decide(0, 11, ranges).seekTo).toBeCloseTo(12.4);
  });
  it('waits at the very end instead of jumping on the spot', () => {
    expect(new LatencyKeeper().decide(0, 10.01, [[0, 10]]).seekTo).toBeNull();
  });
  it('keeps more ahead after running dry, and less again when it is calm', () => {
    const keeper = new LatencyKeeper();
    for (let at = 0; at < 10; at += 1) keeper.starved(at * 1000);
    expect(keeper.targetS).toBe(0.5);
    for (let at = 10_000; at < 200_000; at += 100) keeper.decide(at, 0, [[0, 0.3]]);
    expect(keeper.targetS).toBeCloseTo(0.1);
  });
  it('does not jump without end on a machine that cannot keep up', () => {
    const keeper = new LatencyKeeper();
    let jumps = 0;
    for (let at = 0; at < 60_000; at += 100) if (keeper.decide(at, 0, [[0, 5]]).seekTo !== null) jumps += 1;
    expect(jumps).toBeLessThan(14);
  });
});

describe('Timebase', () => {
  it('starts each connection where the last one ended', () => {
    const timebase = new Timebase();
    expect(timebase.offsetFor(3600, 0)).toBe(-3600);
    expect(timebase.offsetFor(3600.04, 0.04)).toBe(-3600);
    timebase.restart();
    expect(timebase.offsetFor(50, 12.5)).toBe(-37.5);
  });
  it('keeps holes but follows a clock that jumps', () => {
    const timebase = new Timebase();
    timebase.offsetFor(100, 0);
    expect(timebase.offsetFor(105, 1)).toBe(-100);
    expect(timebase.offsetFor(2, 6)).toBe(4);
    expect(timebase.offsetFor(9000, 7)).toBe(7 - 9000);
  });
});

describe('Backoff', () => {
  it('doubles up to 15 seconds, never without chance', () => {
    const least = new Backoff(() => 0);
    const most = new Backoff(() => 1);
    expect([1, 2, 3].map(() => least.next())).toEqual([200, 400, 800]);
    for (let at = 0; at < 20; at += 1) expect(most.next()).toBeLessThanOrEqual(15_000);
    expect(most.next()).toBe(15_000);
    most.reset();
    expect(most.next()).toBe(400);
  });
});
