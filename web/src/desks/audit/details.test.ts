import { renderHook } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '@/i18n';
import { useFormat } from '@/kit';
import { useActs } from './acts/useActs';
import { fieldsOf, type Field } from './details';

beforeAll(() => setLanguage('en'));

function read(details: Record<string, unknown>): Field[] {
  const { result } = renderHook(() => ({ acts: useActs(), format: useFormat() }));
  const { acts, format } = result.current;
  return fieldsOf(details, { field: acts.field, act: acts.act, yes: 'yes', no: 'no' }, format);
}
const value = (name: string, raw: unknown) => read({ [name]: raw })[0]?.value;

describe('details of an entry', () => {
  it('are called by their words, or by the name as it is', () => {
    expect(read({ size_bytes: 1, held_by_name: 'A' }).map((one) => one.label)).toEqual(['Size, bytes', 'held by name']);
  });

  it('tell moments, lengths, days, sizes and yes or no', () => {
    expect(value('from_ms', 1_795_000_000_000)).toContain('2026');
    expect(value('from_ms', '1795000000000')).toContain('2026');
    expect(value('waited_ms', 120_000)).toBe('2 minutes');
    expect(value('due_on', '2026-11-22')).toBe('22 Nov 2026');
    expect(value('ok', false)).toBe('no');
    expect(value('cameras', 1_234_567)).toBe('12,34,567');
    expect(value('action', 'camera.')).toBe('Cameras: all');
  });

  it('show lists and what lies within, and a dash for nothing', () => {
    expect(value('cameras', ['a', 'b'])).toBe('a, b');
    expect(value('name', { en: 'Gate', hi: 'द्वार' })).toBe('Gate');
    expect(value('reason', null)).toBe('–');
    expect(value('items', [])).toBe('–');
    expect(value('filters', {})).toBe('–');
    expect(value('items', [{ count: 2 }])).toEqual([
      { name: '0', label: '1', value: [{ name: 'count', label: 'Number', value: '2' }] },
    ]);
  });
});
