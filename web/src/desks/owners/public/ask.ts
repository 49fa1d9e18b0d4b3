/** Requests of the owner's pages: session cookie, CSRF header, errors as sentences in both languages. */
import type { Words } from '../types';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: Words,
    readonly fields: Record<string, Words> = {},
  ) {
    super(sentence.en);
  }
}

const UNREACHABLE: Words = {
  en: 'There is no connection just now. What you typed is kept: try again.',
  hi: 'अभी कनेक्शन नहीं है। आपका लिखा सुरक्षित है: फिर प्रयास करें।',
};
const FAULT: Words = {
  en: 'Something went wrong here. Try again in a while.',
  hi: 'यहाँ कोई त्रुटि हुई। थोड़ी देर बाद फिर प्रयास करें।',
};

const csrf = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';

/** Citizens' reports are another desk's; all else is the owners'. */
const address = (path: string) => `/api/v1${path.startsWith('/citizen/') ? '' : '/owner'}${path}`;

export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const bytes = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(address(path), {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(method === 'GET' ? {} : { 'X-CSRFToken': csrf() }),
        ...(body === undefined ? {} : { 'Content-Type': bytes ? 'application/octet-stream' : 'application/json' }),
      },
      body: body === undefined ? null : bytes ? body : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, 'unreachable', UNREACHABLE);
  }
  if (response.status === 204) return undefined as T;
  const answer = (await response.json().catch(() => null)) as
    (T & { code?: string; message?: Words; fields?: Record<string, Words> }) | null;
  if (response.ok && answer !== null) return answer;
  throw new Refused(response.status, answer?.code ?? 'fault', answer?.message ?? FAULT, answer?.fields ?? {});
}

/** What went wrong, for the reader. */
export const sentenceOf = (error: unknown): Words => (error instanceof Refused ? error.sentence : FAULT);
