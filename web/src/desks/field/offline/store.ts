/** The field pages' state: a view of what lies in the phone's database, and the sending of it. */
import { create } from 'zustand';
import { api, ApiError } from '@/api/client';
import { signOut as signOutAtCentre, session } from '@/api/auth';
import type { Name } from '@/api/types';
import { uploadFile } from '@/kit/upload';
import type { Day, SyncOut, SyncResult } from '../types';
import * as db from './db';
import { startOfDay } from './time';
import { lastPosition } from './position';

/** A batch small enough for a slow network to answer in time. */
const BATCH = 20;

interface FieldState {
  ready: boolean;
  person: db.Person | null;
  day: Day | null;
  fetched_ms: number;
  visits: db.StoredVisit[];
  online: boolean;
  busy: boolean;
  /** The centre does not know us any more: sign in to send. Nothing is lost. */
  signedOut: boolean;
  problem: Name | null;
}

export const useField = create<FieldState>(() => ({
  ready: false,
  person: null,
  day: null,
  fetched_ms: 0,
  visits: [],
  online: navigator.onLine,
  busy: false,
  signedOut: false,
  problem: null,
}));

/** What lies on the phone, shown at once; then the centre is asked. */
export async function open(): Promise<void> {
  const [person, stored] = await Promise.all([db.kept('person'), db.kept('day')]);
  const day = stored && stored.person_id === person?.id ? stored : undefined;
  useField.setState({ person: person ?? null, day: day?.day ?? null, fetched_ms: day?.fetched_ms ?? 0 });
  await reread();
  useField.setState({ ready: true });
  await refresh();
}

async function reread(): Promise<void> {
  const visits = await db.allVisits();
  const today = startOfDay();
  const old = visits.filter((visit) => visit.state === 'done' && visit.form.made_at_ms < today);
  await Promise.all(old.map((visit) => db.removeVisit(visit.id)));
  useField.setState({ visits: visits.filter((visit) => !old.includes(visit)) });
}

/** Saved means: on the disk of this phone. */
export async function save(visit: db.StoredVisit, pictures: db.StoredPicture[]): Promise<void> {
  await db.saveVisit(visit, pictures);
  await reread();
  // One that is under way may have passed this visit by.
  void (running ? running.then(refresh) : refresh());
}

export async function discard(id: string): Promise<void> {
  await db.removeVisit(id);
  await reread();
}

let running: Promise<void> | null = null;

/** Send what waits, then fetch the day anew. One at a time, also over several tabs. */
export function refresh(): Promise<void> {
  running ??= exclusively(async () => {
    useField.setState({ busy: true, problem: null });
    try {
      await whoAmI();
      await sendAll();
      await fetchDay();
      useField.setState({ online: true, signedOut: false });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 0) useField.setState({ online: false });
      else if (error.status === 401) useField.setState({ online: true, signedOut: true });
      else useField.setState({ online: true, problem: error.sentence });
    } finally {
      await reread();
      useField.setState({ busy: false });
    }
  }).finally(() => (running = null));
  return running;
}

async function exclusively(work: () => Promise<void>): Promise<void> {
  // Without locks (a page without TLS on another machine) two tabs may both send; the centre knows a visit again.
  if (!navigator.locks) return work();
  await navigator.locks.request('prahari-field-send', work);
}

async function whoAmI(): Promise<void> {
  const me = await api.get<db.Person>('/me');
  const person = { id: me.id, username: me.username, name: me.name, permissions: me.permissions };
  if (useField.getState().person?.id !== me.id) {
    const stored = await db.kept('day');
    if (stored && stored.person_id !== me.id) await db.keep('day', undefined);
    useField.setState({ day: null, fetched_ms: 0 });
  }
  await db.keep('person', person);
  useField.setState({ person });
}

async function sendAll(): Promise<void> {
  const person = useField.getState().person;
  const waiting = (await db.allVisits()).filter((one) => one.state === 'waiting' && one.person_id === person?.id);
  for (let start = 0; start < waiting.length; start += BATCH) {
    const batch = waiting.slice(start, start + BATCH);
    const complete = [];
    for (const visit of batch) if (await sendPictures(visit)) complete.push(visit);
    if (complete.length > 0) await sendVisits(complete);
    await reread();
  }
}

/** Whether all are at the centre. A picture that the centre refuses keeps its visit here, for a person to see. */
async function sendPictures(visit: db.StoredVisit): Promise<boolean> {
  for (const picture of await db.picturesOf(visit.id)) {
    if (picture.sent) continue;
    try {
      const blob = new Blob([picture.bytes], { type: picture.type });
      await withToken(() => uploadFile(blob, { key: picture.key, name: `${picture.use}.jpg` }));
      await db.markPictures([picture.key], true);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422) throw error;
      await db.changeVisit(visit.id, { state: 'attention', message: error.sentence });
      return false;
    }
  }
  return true;
}

async function sendVisits(batch: db.StoredVisit[]): Promise<void> {
  const body = {
    device_id: await db.deviceId(),
    sent_at_ms: Date.now(),
    visits: batch.map((visit) => visit.form),
  };
  const answer = await withToken(() => api.post<SyncOut>('/field/sync', body));
  for (const result of answer.results) await take(result);
}

async function take(result: SyncResult): Promise<void> {
  const message = result.message ?? undefined;
  if (result.status === 'stored' || result.status === 'already') await db.settleVisit(result.id, 'done');
  else if (result.status === 'conflict') await db.settleVisit(result.id, 'decision', message);
  else if (result.status === 'refused') {
    const first = Object.values(result.fields ?? {})[0];
    await db.changeVisit(result.id, { state: 'attention', message: first ?? message });
  } else await db.markPictures(result.missing ?? [], false);
}

/** The token that goes with the session may be older than the session: fetch it anew once. */
async function withToken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'csrf') throw error;
    await session();
    return work();
  }
}

async function fetchDay(): Promise<void> {
  const here = lastPosition();
  const day = await api.get<Day>('/field/day', here ? { lat: here.lat, lon: here.lon } : {});
  const fetched_ms = Date.now();
  await db.keep('day', { person_id: useField.getState().person?.id ?? '', fetched_ms, day });
  useField.setState({ day, fetched_ms });
}

/** Of everybody who used this phone: what the centre does not have yet. */
export const unsent = (visits: db.StoredVisit[]) =>
  visits.filter((visit) => visit.state === 'waiting' || visit.state === 'attention');

export async function signOut(): Promise<void> {
  await signOutAtCentre();
  await db.forgetDay();
  useField.setState({ person: null, day: null, fetched_ms: 0, signedOut: true });
  await reread();
}
