import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { i18next } from '@/i18n';
import { ApiError, api, fieldErrors, queryString, sentenceOf, whenSignedOut } from './client';

const answer = (status: number, body: unknown) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() =>
      Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })),
    ),
  );
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeEach(() => void i18next.changeLanguage('hi'));
afterEach(() => vi.unstubAllGlobals());

describe('an error', () => {
  it('is told in the language of the reader', async () => {
    answer(422, {
      code: 'invalid',
      message: { en: 'Wrong.', hi: 'गलत।' },
      fields: { name: { en: 'Too long.', hi: 'बहुत लंबा।' } },
    });
    const error = await caught(api.post('/x'));
    expect(error).toBeInstanceOf(ApiError);
    expect(sentenceOf(error)).toBe('गलत।');
    expect(fieldErrors(error)).toEqual({ name: 'बहुत लंबा।' });
    await i18next.changeLanguage('en');
    expect(sentenceOf(error)).toBe('Wrong.');
  });
  it('without a sentence of its own gets one', async () => {
    answer(500, {});
    expect(sentenceOf(await caught(api.get('/x')))).toMatch(/केंद्र/);
  });
  it('of the network is told as such', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.reject(new TypeError('failed'))),
    );
    expect(await caught(api.get('/x'))).toMatchObject({ status: 0, code: 'unreachable' });
  });
  it('401 is told to the shell', async () => {
    const listener = vi.fn();
    whenSignedOut(listener);
    answer(401, { code: 'signed_out', message: { en: 'Sign in.', hi: 'साइन इन करें।' } });
    await caught(api.get('/x'));
    expect(listener).toHaveBeenCalledOnce();
  });
});

it('a write carries the CSRF token', async () => {
  document.cookie = 'csrftoken=abc123';
  answer(200, {});
  await api.post('/x', { a: 1 });
  const [path, options] = vi.mocked(fetch).mock.calls[0] ?? [];
  expect(path).toBe('/api/v1/x');
  expect((options?.headers as Record<string, string>)['X-CSRFToken']).toBe('abc123');
});

it('empty filters are left out of an address', () => {
  expect(queryString({ q: '', status: 'live', n: 0, none: null })).toBe('?status=live&n=0');
});
