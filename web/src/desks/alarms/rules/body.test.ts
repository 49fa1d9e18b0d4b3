import { describe, expect, it } from 'vitest';
import { clock, emptyMatch, filled, minuteOf, oneStretch, readValue, writeValue } from './body';

describe('a rule in the editor', () => {
  it('reads conditions as they are meant', () => {
    expect(readValue('>=', '80')).toBe(80);
    expect(readValue('==', 'began')).toBe('began');
    expect(readValue('==', 'true')).toBe(true);
    expect(readValue('in', 'covered, turned ,')).toEqual(['covered', 'turned']);
    expect(writeValue(['a', 2])).toBe('a, 2');
  });

  it('shows hours as one stretch where they are one', () => {
    expect(oneStretch([[0, 1320, 360], [1, 1320, 360]])).toEqual({ days: [0, 1], from: 1320, to: 360 }); // prettier-ignore
    expect(oneStretch([[0, 1320, 360], [1, 0, 60]])).toBeNull(); // prettier-ignore
    expect(clock(1320)).toBe('22:00');
    expect(minuteOf('06:30')).toBe(390);
  });

  it('fills in what a version left out', () => {
    const body = filled({
      name: { en: 'a', hi: 'अ' },
      severity: 'high',
      match: { types: ['x.y'] },
    });
    expect(body.match).toEqual({ ...emptyMatch(), types: ['x.y'] });
    expect(body.also).toEqual([]);
  });
});
