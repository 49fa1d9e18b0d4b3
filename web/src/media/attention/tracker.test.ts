import { describe, expect, it } from 'vitest';
import { AttentionTracker, CUT_MS } from './tracker';

function rig() {
  let now = 1_000_000;
  let id = 0;
  const tracker = new AttentionTracker(
    () => now,
    () => String((id += 1)),
  );
  const wait = (ms: number) => (now += ms);
  const spans = (last = false) =>
    tracker.take(last).map((one) => [one.camera, one.from_ms - 1_000_000, one.to_ms - 1_000_000]);
  return { tracker, wait, spans };
}

describe('attention', () => {
  it('counts a camera while its tile is visible, playing, and somebody attends', () => {
    const { tracker, wait, spans } = rig();
    const tile = {};
    tracker.set(tile, 'a', true, true);
    wait(5_000);
    tracker.attend(true);
    wait(7_000);
    tracker.set(tile, 'a', true, false);
    wait(5_000);
    tracker.set(tile, 'a', true, true);
    wait(4_000);
    tracker.attend(false);
    wait(9_000);
    expect(spans()).toEqual([
      ['a', 5_000, 12_000],
      ['a', 17_000, 21_000],
    ]);
    expect(spans(true)).toEqual([]);
  });

  it('counts a camera on two tiles once, until both are gone', () => {
    const { tracker, wait, spans } = rig();
    const [one, other] = [{}, {}];
    tracker.attend(true);
    tracker.set(one, 'a', true, true);
    tracker.set(other, 'a', true, true);
    wait(5_000);
    tracker.forget(one);
    wait(5_000);
    tracker.set(other, 'a', false, true);
    expect(spans()).toEqual([['a', 0, 10_000]]);
  });

  it('cuts what goes on, without a gap and without saying anything twice', () => {
    const { tracker, wait, spans } = rig();
    tracker.attend(true);
    tracker.set({}, 'a', true, true);
    wait(CUT_MS - 1);
    expect(spans()).toEqual([]);
    wait(1);
    expect(spans()).toEqual([['a', 0, CUT_MS]]);
    wait(3_000);
    expect(spans(true)).toEqual([['a', CUT_MS, CUT_MS + 3_000]]);
  });

  it('passes over what was seen for a moment only', () => {
    const { tracker, wait, spans } = rig();
    const tile = {};
    tracker.attend(true);
    tracker.set(tile, 'a', true, true);
    wait(400);
    tracker.forget(tile);
    expect(spans(true)).toEqual([]);
  });
});
