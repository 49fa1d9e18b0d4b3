import { describe, expect, it } from 'vitest';
import { clockOf, DAY_MS, dayOf, momentOf, startOfDay, startOfWeek } from './days';

describe('days in the city', () => {
  const thursday = Date.parse('2026-11-26T20:00:00Z'); // already Friday in Kanpur
  it('begin at local midnight', () => {
    expect(dayOf(thursday)).toBe('2026-11-27');
    expect(startOfDay(thursday)).toBe(Date.parse('2026-11-26T18:30:00Z'));
    expect(clockOf(thursday)).toBe('01:30');
  });
  it('weeks begin on Monday', () => {
    expect(dayOf(startOfWeek(thursday))).toBe('2026-11-23');
    expect(startOfWeek(startOfWeek(thursday))).toBe(startOfWeek(thursday));
    expect(dayOf(startOfWeek(thursday + 3 * DAY_MS))).toBe('2026-11-30');
  });
  it('and inputs give moments back', () => {
    expect(momentOf(dayOf(thursday), clockOf(thursday))).toBe(thursday);
    expect(momentOf('', '06:00')).toBeNaN();
  });
});
