import { describe, expect, it } from 'vitest';
import type { Counts, Figures } from '../types';
import { cell, pivot } from './pivot';

const counts = (more: Partial<Counts> = {}): Counts => ({
  target: null,
  listed: 2,
  asked: 1,
  consented: 1,
  refused: 0,
  withdrawn: 0,
  linked_today: 0,
  verified_today: 0,
  verified: 1,
  live_now: null,
  down_24h: null,
  ...more,
});
const name = (text: string) => ({ en: text, hi: text });
const figures = (stations: string[]): Figures =>
  ({
    rows: stations.map((station) => ({ class: 'shop', station, ...counts() })),
    classes: {
      shop: { name: name('Shop'), target: 10 },
      hotel: { name: name('Hotel'), target: 235 },
    },
    stations: Object.fromEntries(stations.map((path) => [path, { name: name(path), target: null, officer: '' }])),
  }) as unknown as Figures;

describe('pivot', () => {
  it('sums a class and lists its stations', () => {
    const rows = pivot(figures(['a', 'b']));
    expect(rows.map((row) => [row.class, row.depth, row.station])).toEqual([
      ['shop', 0, ''],
      ['shop', 1, 'a'],
      ['shop', 1, 'b'],
      ['hotel', 0, ''],
    ]);
    expect(rows[0]?.counts.listed).toBe(4);
    expect(rows[0]?.counts.target).toBe(10);
  });

  it('keeps unknown apart from nothing', () => {
    const rows = pivot(figures(['a', 'b']));
    expect(rows[0]?.counts.live_now).toBeNull();
    expect(rows[3]?.counts.listed).toBe(0);
  });

  it('leaves the stations out when there is one', () => {
    expect(pivot(figures(['a'])).every((row) => row.depth === 0)).toBe(true);
  });

  it('has no gap without a target and none below nothing', () => {
    expect(cell(counts(), 'gap')).toBeNull();
    expect(cell(counts({ target: 5, verified: 9 }), 'gap')).toBe(0);
    expect(cell(counts({ target: 5, verified: 2 }), 'gap')).toBe(3);
  });
});
