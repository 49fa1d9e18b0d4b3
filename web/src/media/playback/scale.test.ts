import { describe, expect, it } from 'vitest';
import { recordedMs } from './ClipDialog';
import * as scale from './scale';

const NOON = Date.parse('2026-11-22T12:00:00+05:30');
const view = { fromMs: NOON, toMs: NOON + scale.HOUR_MS };

describe('timeline arithmetic', () => {
  it('maps times to pixels and back', () => {
    expect(scale.xOf(view, 600, NOON + 30 * scale.MINUTE_MS)).toBe(300);
    expect(scale.timeAt(view, 600, 300)).toBe(NOON + 30 * scale.MINUTE_MS);
  });
  it('zooms around the pointer and not beyond its limits', () => {
    const at = NOON + 15 * scale.MINUTE_MS;
    const closer = scale.zoomAround(view, at, 0.5);
    expect(scale.spanOf(closer)).toBe(scale.HOUR_MS / 2);
    expect(scale.xOf(closer, 600, at)).toBeCloseTo(scale.xOf(view, 600, at));
    expect(scale.spanOf(scale.zoomAround(view, at, 1e-9))).toBe(scale.SHORTEST_MS);
    expect(scale.spanOf(scale.zoomAround(view, at, 1e9))).toBe(scale.LONGEST_MS);
  });
  it('puts labels on round Indian times', () => {
    const { stepMs, atMs } = scale.ticksOf({ fromMs: NOON - 7 * 60_000, toMs: NOON + 53 * 60_000 }, 800);
    expect(stepMs).toBe(10 * scale.MINUTE_MS);
    expect(atMs[0]).toBe(NOON);
    const day = scale.ticksOf({ fromMs: NOON - 3 * scale.DAY_MS, toMs: NOON }, 300);
    expect(day.atMs.every((at) => scale.dayStart(at) === at)).toBe(true);
  });
  it('labels never stand closer than asked', () => {
    for (let span = scale.SHORTEST_MS; span < scale.LONGEST_MS; span *= 1.7) {
      const { stepMs } = scale.ticksOf({ fromMs: NOON, toMs: NOON + span }, 500, 80);
      expect((stepMs / span) * 500).toBeGreaterThanOrEqual(stepMs === 7 * scale.DAY_MS ? 0 : 80);
    }
  });
  it('follows a running position but leaves one that is in sight alone', () => {
    expect(scale.following(view, NOON + 10 * scale.MINUTE_MS)).toBe(view);
    const moved = scale.following(view, NOON + 58 * scale.MINUTE_MS);
    expect(scale.xOf(moved, 100, NOON + 58 * scale.MINUTE_MS)).toBeCloseTo(80);
  });
  it('does not run into the future', () => {
    expect(scale.notBeyond(scale.shift(view, scale.DAY_MS), NOON).fromMs).toBe(NOON - 6 * scale.MINUTE_MS);
    expect(scale.notBeyond(view, NOON + scale.HOUR_MS)).toBe(view);
  });
  it('reads Indian dates and times', () => {
    expect(scale.momentOf('2026-11-22', '12:00')).toBe(NOON);
    expect(scale.momentOf('2026-11-22', '12:00:30')).toBe(NOON + 30_000);
    expect(scale.momentOf('2026-11-22', '25:00')).toBeNull();
    expect(scale.momentOf('', '')).toBeNull();
    expect(scale.isoDay(Date.parse('2026-11-22T20:00:00Z'))).toBe('2026-11-23');
  });
  it('asks for the same window while the view moves a little', () => {
    expect(scale.windowOf(view)).toEqual(scale.windowOf(scale.shift(view, 60_000)));
    const asked = scale.windowOf(view);
    expect(asked.fromMs).toBeLessThan(view.fromMs);
    expect(asked.toMs).toBeGreaterThan(view.toMs);
  });
  it('finds the stretch that holds a moment', () => {
    const stretches: [number, number][] = [
      [0, 10],
      [20, 30],
    ];
    expect(scale.stretchAt(stretches, 25)).toEqual([20, 30]);
    expect(scale.stretchAt(stretches, 15)).toBeNull();
    expect(scale.stretchAt([], 15)).toBeNull();
  });
});

describe('recordedMs', () => {
  it('counts what lies inside the stretch only', () => {
    const data = {
      recordings: [
        [0, 100],
        [200, 300],
      ] as [number, number][],
      gaps: [],
      pauses: [],
      events: [],
      damaged: [],
      away: [],
      first_ms: 0,
      last_ms: 300,
      held: false,
    };
    expect(recordedMs(data, 50, 250)).toBe(100);
    expect(recordedMs(undefined, 0, 1)).toBe(0);
  });
});
