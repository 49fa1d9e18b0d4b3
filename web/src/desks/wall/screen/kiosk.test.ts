import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KioskLoop, revived, useKiosk, type Keys } from './kiosk';

/** The centre as a kiosk meets it: which key it believes, and what it says. */
class Centre {
  believed: string | null = null;
  away = false;
  losesAnswers = false;
  build = 'one';
  changeKey = false;
  waiting: string | null = null;

  fetch = (path: string, { method, headers, body }: RequestInit): Promise<Response> => {
    if (this.away) return Promise.reject(new TypeError('no network'));
    const key = (headers as Record<string, string>).Authorization?.replace('Screen ', '');
    const answer = (status: number, content?: unknown) =>
      Promise.resolve(
        new Response(content === undefined ? null : JSON.stringify(content), {
          status,
          headers: { 'content-type': 'application/json' },
        }),
      );
    const hash = body ? (JSON.parse(body as string) as { key_hash: string }).key_hash : '';
    if (path.endsWith('/enrolments')) {
      this.waiting = hash.replace('hash of ', '');
      return answer(201, { code: 'ABCD-EFGH', expires_ms: Date.now() + 600_000 });
    }
    if (key !== this.believed) return answer(401, { code: 'not_enrolled', message: { en: 'No.', hi: 'नहीं।' } });
    if (method === 'PUT') {
      this.believed = hash.replace('hash of ', '');
      this.changeKey = false;
      return this.losesAnswers ? Promise.reject(new TypeError('lost')) : answer(204);
    }
    return answer(200, { screen: { id: 's' }, build: this.build, change_key: this.changeKey, now_ms: Date.now() });
  };
}

let centre: Centre;
let kept: Keys;
let reloads: number;
let loop: KioskLoop;

beforeEach(() => {
  vi.useFakeTimers();
  centre = new Centre();
  vi.stubGlobal('fetch', centre.fetch);
  kept = { key: 'first', next: null };
  reloads = 0;
  useKiosk.setState({ code: null, now: null, lost_since_ms: null });
  loop = new KioskLoop({
    keys: () => kept,
    keep: (keys) => (kept = keys),
    hash: (key) => Promise.resolve(`hash of ${key}`),
    reload: () => (reloads += 1),
  });
});
afterEach(() => {
  loop.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a kiosk', () => {
  it('shows a code until it is paired, and again when it is revoked', async () => {
    loop.start();
    await pass(10);
    expect(useKiosk.getState()).toMatchObject({ code: 'ABCD-EFGH', now: null });
    centre.believed = centre.waiting;
    await pass(2_500);
    expect(useKiosk.getState().code).toBeNull();
    expect(useKiosk.getState().now?.screen.id).toBe('s');
    centre.believed = null;
    await pass(5_500);
    expect(useKiosk.getState()).toMatchObject({ code: 'ABCD-EFGH', now: null });
  });

  it('keeps what it shows while the centre is away, and comes back alone', async () => {
    centre.believed = 'first';
    loop.start();
    await pass(10);
    centre.away = true;
    await pass(20_000);
    expect(useKiosk.getState().now).not.toBeNull();
    expect(useKiosk.getState().lost_since_ms).not.toBeNull();
    centre.away = false;
    await pass(3_500);
    expect(useKiosk.getState().lost_since_ms).toBeNull();
  });

  it('changes its key, also when the answer is lost', async () => {
    centre.believed = 'first';
    centre.changeKey = true;
    centre.losesAnswers = true;
    loop.start();
    await pass(10);
    expect(centre.believed).not.toBe('first');
    await pass(10_000);
    expect(kept).toEqual({ key: centre.believed, next: null });
    expect(useKiosk.getState().now?.screen.id).toBe('s');
    expect(useKiosk.getState().code).toBeNull();
  });

  it('loads itself anew when another console is served', async () => {
    centre.believed = 'first';
    loop.start();
    await pass(6_000);
    expect(reloads).toBe(0);
    centre.build = 'two';
    await pass(5_500);
    expect(reloads).toBeGreaterThan(0);
  });

  it('asks at once when it is told, never twice at a time', async () => {
    centre.believed = 'first';
    const asked = vi.spyOn(centre, 'fetch');
    vi.stubGlobal('fetch', centre.fetch);
    loop.start();
    loop.wake();
    loop.wake();
    await pass(10);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

it('reads its keys back, and takes nothing else for keys', () => {
  expect(revived('{"key":"a","next":"b"}')).toEqual({ key: 'a', next: 'b' });
  expect(revived('{"next":"b"}')).toBeNull();
  expect(revived('nonsense')).toBeNull();
  expect(revived(null)).toBeNull();
});
