/** Handing a file in: the bare bytes, with progress, under a key that makes a second try harmless. */
import { ApiError, csrfToken } from '@/api/client';
import type { components } from '@/api/schema.gen';
import type { ApiErrorBody } from '@/api/types';
import { i18next } from '@/i18n';

export type StoredFile = components['schemas']['FileOut'];

interface Options {
  /** The same for every try of the same file. */
  key: string;
  name?: string;
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

const both = (key: string) => ({ en: i18next.t(key, { lng: 'en' }), hi: i18next.t(key, { lng: 'hi' }) });

/** Raises ApiError; status 0 when the connection broke. */
export function uploadFile(file: Blob, { key, name = '', onProgress, signal }: Options): Promise<StoredFile> {
  const path = `/api/v1/files?name=${encodeURIComponent(name)}`;
  return sendBytes<StoredFile>(path, file, { headers: { 'Idempotency-Key': key }, onProgress, signal });
}

interface Sending {
  headers?: Record<string, string>;
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** POST of the bare bytes, answered 201. Raises ApiError; status 0 when the connection broke. */
export function sendBytes<T>(path: string, file: Blob, { headers = {}, onProgress, signal }: Sending): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how far it is
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-CSRFToken', csrfToken());
    Object.entries(headers).forEach(([header, value]) => request.setRequestHeader(header, value));
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 201) return resolve(request.response as T);
      const told = request.response as Partial<ApiErrorBody> | null;
      const sentence = told?.message?.en ? told.message : both('kit:error.server');
      reject(new ApiError(request.status, told?.code ?? 'server', sentence, told?.fields));
    };
    request.onerror = () => reject(new ApiError(0, 'unreachable', both('kit:error.unreachable')));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** A random version 4 UUID, also on pages without TLS, where crypto.randomUUID is missing. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
