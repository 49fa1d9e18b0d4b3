import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CacheUpdater } from './useEvents';

let client: QueryClient;
let read: string[];
beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient();
  read = [];
  vi.spyOn(client, 'invalidateQueries').mockImplementation((filters) => {
    read.push(JSON.stringify(filters?.queryKey ?? 'all'));
    return Promise.resolve();
  });
});
afterEach(() => vi.useRealTimers());

const status = (subject: string) => ({ type: 'camera.status', subject, time_ms: 1, data: {} });

it('a burst of states reads the counts once', () => {
  const updater = new CacheUpdater(client);
  for (let index = 0; index < 500; index++) updater.take(status('c1'));
  vi.advanceTimersByTime(5000);
  expect(read.filter((key) => key === '["counts"]')).toHaveLength(1);
});

it('a proof reads nothing', () => {
  new CacheUpdater(client).take({ type: 'camera.proof', subject: '', time_ms: 1, data: { rows: [] } });
  vi.advanceTimersByTime(5000);
  expect(read).toEqual([]);
});

it('a changed row is read again where it is shown', () => {
  new CacheUpdater(client).take({ type: 'camera.changed', subject: 'c7', time_ms: 1, data: { change: 'edited' } });
  vi.advanceTimersByTime(5000);
  expect(read).toContain('["camera","c7"]');
  expect(read).toContain('["cameras"]');
});

it('a gap in the stream reads everything', () => {
  new CacheUpdater(client).resync();
  expect(read).toEqual(['"all"']);
});
