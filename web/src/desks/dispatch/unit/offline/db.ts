/**
 * What the crew's telephone keeps until the centre has it: deeds and positions, and the day as it was last told. A deed is
 * flushed to the disk before anybody is told "saved": the telephone may be switched off in the next moment.
 */
import type { DBSchema } from 'idb';
import type { Name } from '@/api/types';
import { telephoneDatabase, type Kept } from '@/kit/offline/database';
import type { Day, DeedForm, PositionForm } from '../types';

export interface Person {
  id: string;
  username: string;
  name: string;
}

/** refused: the centre has it and it could not be done any more; shown until somebody has seen it. */
export interface StoredDeed {
  id: string;
  person_id: string;
  state: 'waiting' | 'refused';
  form: DeedForm;
  message?: Name;
}

export interface StoredPosition {
  id: string;
  person_id: string;
  form: PositionForm;
}

interface Stores extends DBSchema {
  deeds: { key: string; value: StoredDeed };
  positions: { key: string; value: StoredPosition };
}

export const telephoneDay = telephoneDatabase<Stores, Kept<Person, Day>>('prahari-unit', (db) => {
  db.createObjectStore('deeds', { keyPath: 'id' });
  db.createObjectStore('positions', { keyPath: 'id' });
});
const { database } = telephoneDay;

/** In the order in which they were done. */
export async function allDeeds(): Promise<StoredDeed[]> {
  const deeds = await (await database()).getAll('deeds');
  return deeds.sort((a, b) => a.form.made_at_ms - b.form.made_at_ms);
}

/** Resolves when it is on the disk. */
export async function putDeed(deed: StoredDeed): Promise<void> {
  const work = (await database()).transaction('deeds', 'readwrite', { durability: 'strict' });
  await work.store.put(deed);
  await work.done;
}

export async function removeDeed(id: string): Promise<void> {
  await (await database()).delete('deeds', id);
}

export async function putPosition(position: StoredPosition): Promise<void> {
  await (await database()).put('positions', position);
}

export async function somePositions(personId: string, most: number): Promise<StoredPosition[]> {
  const all = await (await database()).getAll('positions');
  return all
    .filter((one) => one.person_id === personId)
    .sort((a, b) => a.form.at_ms - b.form.at_ms)
    .slice(0, most);
}

export async function countPositions(): Promise<number> {
  return (await database()).count('positions');
}

export async function removePositions(ids: string[]): Promise<void> {
  const work = (await database()).transaction('positions', 'readwrite');
  for (const id of ids) void work.store.delete(id);
  await work.done;
}
