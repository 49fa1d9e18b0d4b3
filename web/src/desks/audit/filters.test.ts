import { describe, expect, it } from 'vitest';
import { queryOf } from './filters';

describe('filters of the address', () => {
  it('are whole days of Indian time, both included', () => {
    const query = queryOf(new URLSearchParams('from=2026-11-22&to=2026-11-22'));
    expect(new Date(query.from_ms ?? 0).toISOString()).toBe('2026-11-21T18:30:00.000Z');
    expect((query.to_ms ?? 0) - (query.from_ms ?? 0)).toBe(86_400_000);
  });

  it('leave out what is empty, wrong or no filter', () => {
    expect(queryOf(new URLSearchParams('from=yesterday&to=&q=&entry=1&action=camera.'))).toEqual({ action: 'camera.' });
  });
});
