import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/client';
import { AlarmStore } from './store';
import { row } from './testing';
import type { AlarmRow } from './types';

/** Answers as the API's: pages of open alarms, and those of `some` that are asked for. */
function storeOf(answers: { pages: AlarmRow[][]; some: AlarmRow[]; asked: number }): AlarmStore {
  const read = (path: string, query: { cursor?: string; id?: string[] } = {}) => {
    if (path === '/alarms/some') {
      answers.asked += 1;
      return Promise.resolve({ items: answers.some.filter(({ id }) => query.id?.includes(id)) });
    }
    const at = Number(query.cursor || 0);
    return Promise.resolve({
      items: answers.pages[at] ?? [],
      next: at + 1 < answers.pages.length ? String(at + 1) : null,
    });
  };
  return new AlarmStore(read as never);
}
const signal = new AbortController().signal;

describe('the store', () => {
  it('reads every page, and later forgets what nobody may see any more', async () => {
    const answers = { pages: [[row(1), row(2)], [row(3)]], some: [] as AlarmRow[], asked: 0 };
    const store = storeOf(answers);
    await store.load(signal);
    expect([...store.all()].map(({ id }) => id)).toEqual(['alarm-1', 'alarm-2', 'alarm-3']);
    const closed = row(2, { handling: { ...row(2).handling, state: 'closed', version: 2 } });
    Object.assign(answers, { pages: [[row(3)]], some: [closed] });
    await store.load(signal);
    expect([...store.all()].map(({ id, handling }) => `${id} ${handling.state}`)).toEqual([
      'alarm-2 closed',
      'alarm-3 new',
    ]);
    store.tidy();
    expect(store.size).toBe(1);
  });

  it('asks for what it has only heard of, together, and does not take back what is newer', async () => {
    vi.useFakeTimers();
    const answers = { pages: [], some: [row(1), row(2)], asked: 0 };
    const store = storeOf(answers);
    store.take({ type: 'alarm.raised', subject: 'alarm-1', time_ms: 0, data: { revision: 1 } });
    store.take({ type: 'alarm.raised', subject: 'alarm-2', time_ms: 0, data: { revision: 1 } });
    await vi.advanceTimersByTimeAsync(400);
    expect(answers.asked).toBe(1);
    expect(store.size).toBe(2);
    const taken = { ...row(1).handling, state: 'acknowledged' as const, version: 2 };
    store.take({ type: 'alarm.changed', subject: 'alarm-1', time_ms: 0, data: taken });
    store.putAll([row(1)]);
    expect(store.get('alarm-1')?.handling.state).toBe('acknowledged');
    vi.useRealTimers();
  });

  it('asks again for what the centre has heard of and not stored yet, and gives up only after minutes', async () => {
    vi.useFakeTimers();
    const answers = { pages: [], some: [] as AlarmRow[], asked: 0 };
    const store = storeOf(answers);
    store.take({ type: 'alarm.raised', subject: 'alarm-1', time_ms: 0, data: { revision: 1 } });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(answers.asked).toBeGreaterThan(3);
    expect(store.size).toBe(0);
    answers.some = [row(1)];
    await vi.advanceTimersByTimeAsync(40_000);
    expect(store.size).toBe(1);
    const asked = answers.asked;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(answers.asked).toBe(asked);

    answers.some = [];
    store.take({ type: 'alarm.raised', subject: 'alarm-2', time_ms: 0, data: { revision: 1 } });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(answers.asked).toBe(asked + 11);
    vi.useRealTimers();
  });

  it('asks again when the centre was away', async () => {
    vi.useFakeTimers();
    let away = true;
    const read = () =>
      away ? Promise.reject(new ApiError(0, 'unreachable', { en: '', hi: '' })) : Promise.resolve({ items: [row(1)] });
    const store = new AlarmStore(read as never);
    store.take({ type: 'alarm.raised', subject: 'alarm-1', time_ms: 0, data: { revision: 1 } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.size).toBe(0);
    away = false;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(store.size).toBe(1);
    vi.useRealTimers();
  });
});
