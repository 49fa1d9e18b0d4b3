import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_KEPT, StretchQueue } from './queue';

const stretch = (id: string, from_ms = 1_000) => ({ id, camera: 'a', from_ms, to_ms: from_ms + 10 });
const ids = (queue: StretchQueue) => queue.next().map((one) => one.id);
const now = () => 2_000;

describe('what waits to be reported', () => {
  beforeEach(() => localStorage.clear());

  it('stays until it was taken, also over a reload, and only for the person who watched', () => {
    new StretchQueue('asha', localStorage, now).add([stretch('1'), stretch('2')]);
    const again = new StretchQueue('asha', localStorage, now);
    expect(ids(again)).toEqual(['1', '2']);
    expect(ids(new StretchQueue('ravi', localStorage, now))).toEqual([]);
    again.sent([stretch('1')]);
    expect(ids(new StretchQueue('asha', localStorage, now))).toEqual(['2']);
  });

  it('keeps the newest when too much waits, and nothing that the centre would refuse as too old', () => {
    const queue = new StretchQueue('asha', localStorage, now);
    queue.add(Array.from({ length: MOST_KEPT + 5 }, (_, at) => stretch(String(at))));
    expect(ids(queue)[0]).toBe('5');
    const late = new StretchQueue('asha', localStorage, () => 1_000 + 12 * 3_600_000);
    expect(ids(late)).toEqual([]);
  });

  it('is not broken by what somebody else has written there', () => {
    localStorage.setItem('prahari.attention.asha', '{nonsense');
    expect(ids(new StretchQueue('asha', localStorage, now))).toEqual([]);
  });
});
