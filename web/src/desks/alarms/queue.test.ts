import { describe, expect, it } from 'vitest';
import { chosen, grown, isLater, NO_FILTERS } from './queue';
import { handling, row } from './testing';

const many = Array.from({ length: 10_000 }, (_, number) => row(number));
const choose = (more: Partial<typeof NO_FILTERS>, order: 'newest' | 'severity' | 'oldest' = 'newest') =>
  chosen(many, { ...NO_FILTERS, ...more }, order, 'me', 2_000_000);

describe('narrowing', () => {
  it('keeps what matches', () => {
    expect(choose({}).length).toBe(10_000);
    expect(choose({ severities: ['critical'] }).length).toBe(2500);
    expect(choose({ area: 'up.kanpur.west' }).length).toBe(5000);
    expect(choose({ area: 'up.kanpur' }).length).toBe(10_000);
    expect(choose({ area: 'up.kan' }).length).toBe(0);
    expect(choose({ words: 'crossing 7' }).length).toBe(200);
    expect(choose({ words: 'प्रवेश', rule: 'rule-1' }).length).toBe(2000);
    expect(choose({ mine: true }).length).toBe(0);
    expect(choose({ states: ['closed'] }).length).toBe(0);
  });

  it('orders', () => {
    expect(choose({})[0]).toBe('alarm-0');
    expect(choose({}, 'oldest')[0]).toBe('alarm-9999');
    expect(choose({}, 'severity').slice(0, 2)).toEqual(['alarm-0', 'alarm-4']);
  });

  it('takes less than 100 ms for ten thousand, words included', () => {
    choose({ words: 'x' });
    const began = performance.now();
    choose({ words: 'crossing 4', severities: ['high', 'critical'] }, 'severity');
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe('what comes twice or late', () => {
  it('an older telling changes nothing', () => {
    const known = handling({ version: 3, level: 2 });
    expect(isLater(handling({ version: 2, level: 9 }), known)).toBe(false);
    expect(isLater(handling({ version: 3, level: 1 }), known)).toBe(false);
    expect(isLater(handling({ version: 3, level: 2 }), known)).toBe(true);
    expect(isLater(handling({ version: 4 }), known)).toBe(true);
    const one = row(1, { revision: 4, count: 7 });
    expect(grown(one, { revision: 4, count: 9 })).toBe(one);
    expect(grown(one, { revision: 5, count: 9 }).count).toBe(9);
  });
});
