/**
 * What the phone keeps until the centre has it. A visit and its pictures are written in one transaction that is flushed
 * to the disk before anybody is told "saved": the phone may be switched off in the next moment.
 */
import type { DBSchema } from 'idb';
import type { Name } from '@/api/types';
import { telephoneDatabase, type Kept } from '@/kit/offline/database';
import { newId } from '@/kit/upload';
import type { Day, FileUse, VisitForm } from '../types';

export interface Person {
  id: string;
  username: string;
  name: string;
  permissions: string[];
}

/**
 * waiting: to be sent. attention: the centre refused it, somebody has to mend it. decision: the centre has it and a
 * person decides. done: the centre has it; kept until the next day so that the list shows it.
 */
export type VisitState = 'waiting' | 'attention' | 'decision' | 'done';

export interface StoredVisit {
  id: string;
  person_id: string;
  name: Name;
  state: VisitState;
  form: VisitForm;
  /** Why it needs attention or a decision. */
  message?: Name;
}

export interface StoredPicture {
  key: string;
  visit_id: string;
  use: FileUse;
  bytes: ArrayBuffer;
  type: string;
  sent: boolean;
}

interface Keep extends Kept<Person, Day> {
  device_id?: string;
}

interface Stores extends DBSchema {
  visits: { key: string; value: StoredVisit };
  pictures: { key: string; value: StoredPicture; indexes: { visit: string } };
}

export const telephoneDay = telephoneDatabase<Stores, Keep>('prahari-field', (db) => {
  db.createObjectStore('visits', { keyPath: 'id' });
  db.createObjectStore('pictures', { keyPath: 'key' }).createIndex('visit', 'visit_id');
});
const { database, kept, keep } = telephoneDay;

/** The same for as long as the browser keeps its data. */
export async function deviceId(): Promise<string> {
  const known = await kept('device_id');
  if (known) return known;
  const fresh = newId();
  await keep('device_id', fresh);
  return fresh;
}

export async function allVisits(): Promise<StoredVisit[]> {
  const visits = await (await database()).getAll('visits');
  return visits.sort((a, b) => a.form.made_at_ms - b.form.made_at_ms);
}

/** Resolves when the visit and its pictures are on the disk. */
export async function saveVisit(visit: StoredVisit, pictures: StoredPicture[]): Promise<void> {
  const work = (await database()).transaction(['visits', 'pictures'], 'readwrite', { durability: 'strict' });
  void work.objectStore('visits').put(visit);
  for (const picture of pictures) void work.objectStore('pictures').put(picture);
  await work.done;
}

export async function changeVisit(id: string, part: Partial<StoredVisit>): Promise<void> {
  const work = (await database()).transaction('visits', 'readwrite', { durability: 'strict' });
  const visit = await work.store.get(id);
  if (visit) await work.store.put({ ...visit, ...part });
  await work.done;
}

export async function picturesOf(visitId: string): Promise<StoredPicture[]> {
  return (await database()).getAllFromIndex('pictures', 'visit', visitId);
}

export async function markPictures(keys: string[], sent: boolean): Promise<void> {
  const work = (await database()).transaction('pictures', 'readwrite');
  for (const key of keys) {
    const picture = await work.store.get(key);
    if (picture) await work.store.put({ ...picture, sent });
  }
  await work.done;
}

/** The centre has it: its pictures, signature and numbers leave the phone, what was done stays to be seen. */
export async function settleVisit(id: string, state: 'done' | 'decision', message?: Name): Promise<void> {
  const work = (await database()).transaction(['visits', 'pictures'], 'readwrite', { durability: 'strict' });
  const visits = work.objectStore('visits');
  const visit = await visits.get(id);
  if (visit) {
    const place = visit.form.place ? { ...visit.form.place, contact_name: '', contact_mobile: '' } : null;
    await visits.put({ ...visit, state, message, form: { ...visit.form, place, note: '', met: '', given_by: '' } });
  }
  const pictures = work.objectStore('pictures');
  for (const key of await pictures.index('visit').getAllKeys(id)) await pictures.delete(key);
  await work.done;
}

export async function removeVisit(id: string): Promise<void> {
  const work = (await database()).transaction(['visits', 'pictures'], 'readwrite', { durability: 'strict' });
  await work.objectStore('visits').delete(id);
  const pictures = work.objectStore('pictures');
  for (const key of await pictures.index('visit').getAllKeys(id)) await pictures.delete(key);
  await work.done;
}

/** What was sent leaves the phone; what was not stays. */
export async function forgetSettled(): Promise<void> {
  const db = await database();
  for (const visit of await db.getAll('visits')) if (visit.state === 'done') await db.delete('visits', visit.id);
}
