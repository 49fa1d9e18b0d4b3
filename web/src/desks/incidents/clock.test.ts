import { describe, expect, it } from 'vitest';
import { remaining, stateAt } from './clock';
import type { Clock } from './types';

const clock = (more: Partial<Clock>): Clock => ({
  clock: 'in_hand',
  round: 1,
  starts_ms: 0,
  warn_ms: 75,
  due_ms: 100,
  met_ms: null,
  stopped_ms: null,
  state: 'running',
  ...more,
});

describe('clocks', () => {
  it('run, warn and are missed by the time that it is', () => {
    expect([0, 74, 75, 99, 100].map((now) => stateAt(clock({}), now))).toEqual([
      'running',
      'running',
      'warning',
      'warning',
      'missed',
    ]);
  });
  it('stay as they ended', () => {
    expect(stateAt(clock({ met_ms: 50, state: 'kept' }), 500)).toBe('kept');
    expect(stateAt(clock({ stopped_ms: 50, state: 'stopped' }), 500)).toBe('stopped');
  });
  it('are told in minutes and seconds', () => {
    expect([0, 95_999, -95_000, 3_600_000, 11_045_000, 180_000_000].map(remaining)).toEqual([
      '0:00',
      '1:35',
      '1:35',
      '1:00:00',
      '3:04:05',
      '2 d',
    ]);
  });
});
