/** One door to the desks: session cookie, CSRF header, errors as sentences in both languages. */
import { currentLanguage, i18next } from '@/i18n';
import type { ApiErrorBody, Name } from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: Name,
    readonly fields: Record<string, Name> = {},
    /** Of a 409 `changed`: what stands there now. */
    readonly present: unknown = undefined,
  ) {
    super(sentence.en);
    this.name = 'ApiError';
  }
}

/** What went wrong, for the reader. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.sentence[currentLanguage()] || error.sentence.en;
  return i18next.t('kit:error.unexpected');
}

/** Field errors of a refused form in the reader's language, keyed as Mantine's form wants them. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const language = currentLanguage();
  return Object.fromEntries(Object.entries(error.fields).map(([field, text]) => [field, text[language] || text.en]));
}

/** What stands there now, when a write was refused because somebody else was quicker. */
export function presentOf<T>(error: unknown): T | null {
  return error instanceof ApiError && error.code === 'changed' && error.present ? (error.present as T) : null;
}

const bilingual = (key: string): Name => ({
  en: i18next.t(key, { lng: 'en' }),
  hi: i18next.t(key, { lng: 'hi' }),
});

export function csrfToken(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
}

type Query = Record<string, string | number | boolean | null | undefined | string[]>;

export function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    if (Array.isArray(value)) value.forEach((one) => search.append(key, one));
    else search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

let onSignedOut: () => void = () => undefined;
/** Called when an answer says that the session is over; the shell then asks to sign in again, over what is open. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

let held: string | null = null;
/** Every later request holds this key instead of a session: a kiosk before a screen of the wall, where nobody signs in. */
export function askWithKey(authorization: string | null): void {
  held = authorization;
}
export const asksWithKey = () => held !== null;

async function parsed(response: Response): Promise<unknown> {
  const kind = response.headers.get('content-type') ?? '';
  return kind.includes('json') ? response.json() : null;
}

/** fetch with cookie and CSRF header; a connection that fails becomes an ApiError with status 0. */
export async function rawRequest(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (held !== null) headers.Authorization = held;
  else if (method !== 'GET') headers['X-CSRFToken'] = csrfToken();
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: held === null ? 'same-origin' : 'omit',
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', bilingual('kit:error.unreachable'));
  }
}

/** The response, if it is a good one; raises ApiError. */
async function accepted(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await rawRequest(method, `/api/v1${path}`, body, signal);
  if (response.ok) return response;
  if (response.status === 401) onSignedOut();
  const told = (await parsed(response)) as Partial<ApiErrorBody> | null;
  const fallback = [403, 404, 429].includes(response.status) ? String(response.status) : 'server';
  throw new ApiError(
    response.status,
    told?.code ?? fallback,
    told?.message?.en ? told.message : bilingual(`kit:error.${fallback}`),
    told?.fields,
    told?.present,
  );
}

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await accepted(method, path, body, signal);
  return (response.status === 204 ? undefined : await parsed(response)) as T;
}

/** A file that is asked for with a body: its name as the centre calls it, and what is in it. */
async function download(path: string, body: unknown): Promise<{ name: string; content: Blob }> {
  const response = await accepted('POST', path, body);
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file';
  return { name, content: await response.blob() };
}

export const api = {
  get: <T>(path: string, query: Query = {}, signal?: AbortSignal) =>
    request<T>('GET', path + queryString(query), undefined, signal),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, body),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, body),
  delete: <T>(path: string, body?: unknown) => request<T>('DELETE', path, body),
  download,
};
