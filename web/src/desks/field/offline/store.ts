/** The field pages' state: a view of what lies in the phone's database, and the sending of it. */
import { create } from 'zustand';
import { api, ApiError } from '@/api/client';
import { telephone, untold, withToken, type TelephoneState } from '@/kit/offline/telephone';
import { uploadFile } from '@/kit/upload';
import type { Day, SyncOut, SyncResult } from '../types';
import * as db from './db';
import { startOfDay } from './time';
import { lastPosition } from './position';

/** A batch small enough for a slow network to answer in time. */
const BATCH = 20;

interface FieldState extends TelephoneState<db.Person, Day> {
  visits: db.StoredVisit[];
}

export const useField = create<FieldState>(() => ({ ...untold(), visits: [] }));

const {
  open,
  refresh,
  refreshAfter,
  signOut: leave,
} = telephone<db.Person, Day>({
  lock: 'prahari-field-send',
  state: useField,
  database: db.telephoneDay,
  personOf: ({ id, username, name, permissions }) => ({ id, username, name, permissions }),
  reread,
  send: sendAll,
  fetchDay() {
    const here = lastPosition();
    return api.get<Day>('/field/day', here ? { lat: here.lat, lon: here.lon } : {});
  },
});
export { open, refresh };

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
  refreshAfter();
}

export async function discard(id: string): Promise<void> {
  await db.removeVisit(id);
  await reread();
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

/** Of everybody who used this phone: what the centre does not have yet. */
export const unsent = (visits: db.StoredVisit[]) =>
  visits.filter((visit) => visit.state === 'waiting' || visit.state === 'attention');

export async function signOut(): Promise<void> {
  await leave();
  await db.forgetSettled();
  await reread();
}
