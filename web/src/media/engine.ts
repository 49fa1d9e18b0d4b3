/** Requests to a media worker: timeline, playback, snapshot, clip. Failures are ApiErrors with a sentence. */

import { api, ApiError } from '@/api/client';
import type { Name } from '@/api/types';
import { i18next } from '@/i18n';
import { mediaTokens } from './session';
import type { MediaToken, MediaUse } from './tokens';

export interface TimelineGap {
  start_ms: number;
  end_ms: number;
  reason: string;
}

export interface TimelineReason {
  event_id: string;
  why: string;
  at_ms: number;
  from_ms: number;
  until_ms: number;
}

export interface TimelineData {
  recordings: [startMs: number, endMs: number][];
  gaps: TimelineGap[];
  /** Not recorded, and by the camera's recording policy not to be. */
  pauses: [startMs: number, endMs: number][];
  /** Why it was recorded, where that was because of events. */
  events: TimelineReason[];
  /** Recorded, but what lies on the disk is not what was written. */
  damaged: [startMs: number, endMs: number][];
  /** Recorded on a disk that cannot be read now. */
  away: [startMs: number, endMs: number][];
  first_ms: number | null;
  last_ms: number | null;
  /** A legal hold keeps these recordings beyond their retention. */
  held: boolean;
}

export interface PlaybackChunk {
  /** Capture time of the first picture. */
  startMs: number;
  mime: string;
  body: ReadableStream<Uint8Array>;
  source: RecordingSource;
}

/** Whose disk a recording lies on: the centre's, or the device's own. */
export type RecordingSource = 'centre' | 'device';

/** A stretch of recording, or where the next one begins (null: nothing later). */
export type PlaybackAnswer = { chunk: PlaybackChunk } | { chunk: null; nextMs: number | null };

const DEVICE_MOST_MS = 31 * 86_400_000;
/** A machine that stands still takes a question and answers nothing. Longer than a worker waits for another one. */
const ANSWER_WITHIN_MS = 25_000;

type Parameters = Record<string, number | string | undefined>;

function engineUrl(token: MediaToken, path: string, parameters: Parameters): URL {
  const url = new URL(`/${path}/${encodeURIComponent(token.camera_id)}`, token.origin);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    url.searchParams.set(name, typeof value === 'number' ? String(Math.round(value)) : value);
  }
  // In the address rather than a header: no preflight, one round trip less for every piece.
  url.searchParams.set('token', token.token);
  return url;
}

const sentence = (key: string): Name => ({
  en: i18next.t(`media:${key}`, { lng: 'en' }),
  hi: i18next.t(`media:${key}`, { lng: 'hi' }),
});

async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { code?: string; message?: Name } | null;
  return new ApiError(response.status, body?.code ?? 'engine', body?.message ?? sentence('reason.engine_unreachable'));
}

async function ask(cameraId: string, use: MediaUse, path: string, parameters: Parameters, signal?: AbortSignal) {
  for (let tries = 1; ; tries += 1) {
    const token = await mediaTokens.get(cameraId, use);
    let response: Response;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS);
    try {
      const signals = signal ? [signal, late.signal] : [late.signal];
      response = await fetch(engineUrl(token, path, parameters), { signal: AbortSignal.any(signals) });
    } catch (error) {
      if (signal?.aborted) throw error;
      mediaTokens.discard(cameraId, use);
      throw new ApiError(0, 'engine_unreachable', sentence('reason.engine_unreachable'));
    } finally {
      clearTimeout(timer);
    }
    if (response.ok) return response;
    // Expired, or the camera moved to another worker: a fresh token names the right one.
    mediaTokens.discard(cameraId, use);
    if (tries > 1 || (response.status !== 401 && response.status !== 409)) throw await errorOf(response);
  }
}

const header = (response: Response, name: string): number | null => {
  const text = response.headers.get(name);
  return text === null || text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
};

export async function fetchTimeline(cameraId: string, fromMs: number, toMs: number, signal?: AbortSignal) {
  const response = await ask(cameraId, 'playback', 'timeline', { from_ms: fromMs, to_ms: toMs }, signal);
  return (await response.json()) as TimelineData;
}

/** What lies on the device's own disk; the device is asked for 31 days at the most. */
export async function fetchDeviceStretches(cameraId: string, fromMs: number, toMs: number, signal?: AbortSignal) {
  const asked = { from_ms: Math.round(Math.max(fromMs, toMs - DEVICE_MOST_MS)), to_ms: Math.round(toMs) };
  const path = `/cameras/${cameraId}/device-recordings`;
  const found = await api.get<{ items: { from_ms: number; to_ms: number }[] }>(path, asked, signal);
  return found.items.map((one): [number, number] => [one.from_ms, one.to_ms]);
}

export async function openPlayback(
  cameraId: string,
  fromMs: number,
  toMs: number,
  signal: AbortSignal,
  source: RecordingSource = 'centre',
): Promise<PlaybackAnswer> {
  const asked = { from_ms: fromMs, to_ms: toMs, source: source === 'device' ? source : undefined };
  const response = await ask(cameraId, 'playback', 'playback', asked, signal);
  if (response.status === 204 || !response.body) return { chunk: null, nextMs: header(response, 'X-Next-Ms') };
  return {
    chunk: {
      startMs: header(response, 'X-Start-Ms') ?? fromMs,
      mime: response.headers.get('X-Mime') ?? 'video/mp4; codecs="avc1.64001f"',
      body: response.body,
      source,
    },
  };
}

/** A JPEG and the capture time of its picture. `atMs` null: the latest picture. */
export async function fetchSnapshot(cameraId: string, atMs: number | null): Promise<{ jpeg: Blob; pictureMs: number }> {
  const response = await ask(cameraId, 'snapshot', 'snapshot', { at_ms: atMs ?? undefined });
  return { jpeg: await response.blob(), pictureMs: header(response, 'X-Picture-Ms') ?? atMs ?? Date.now() };
}

/** The address of a clip, good for two minutes; the reason goes into the audit. */
export async function clipUrl(cameraId: string, fromMs: number, toMs: number, reason: string): Promise<string> {
  const token = await api.post<Omit<MediaToken, 'camera_id'>>(`/cameras/${cameraId}/media-token`, {
    uses: ['clip'],
    reason,
  });
  return engineUrl({ ...token, camera_id: cameraId }, 'clip', { from_ms: fromMs, to_ms: toMs }).href;
}

/** Hands a file to the browser's own download; the engine names it in Content-Disposition. */
export function download(url: string, name = ''): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.rel = 'noopener';
  document.body.append(link);
  link.click();
  link.remove();
}

/** Takes a snapshot and saves it as a file that names camera and time (IST). */
export async function saveSnapshot(cameraId: string, label: string, atMs: number | null): Promise<void> {
  const { jpeg, pictureMs } = await fetchSnapshot(cameraId, atMs);
  const url = URL.createObjectURL(jpeg);
  download(url, `${fileSafe(label)}_${istStamp(pictureMs)}.jpg`);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** "2026-11-22_14-05-09": a time in IST for a file name. */
export function istStamp(timeMs: number): string {
  return new Date(timeMs + 19_800_000).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
}

function fileSafe(text: string): string {
  return text.replace(/[\\/:*?"<>|\s]+/g, '-').slice(0, 80) || 'camera';
}
