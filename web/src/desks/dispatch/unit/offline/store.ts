/** The crew page's state: a view of what lies in the telephone's database, and the sending of it. */
import { create } from 'zustand';
import { api } from '@/api/client';
import { telephone, untold, withToken, type TelephoneState } from '@/kit/offline/telephone';
import { newId } from '@/kit/upload';
import type { Day, DeedForm, PositionForm, PositionsTaken, SyncOut } from '../types';
import * as db from './db';

const DEEDS_A_BATCH = 50;
const POSITIONS_A_BATCH = 200;
/** Two days of a telephone without a network; more than that is of no use to anybody. */
const POSITIONS_MOST = 20_000;

interface CrewState extends TelephoneState<db.Person, Day> {
  deeds: db.StoredDeed[];
  positions: number;
}

export const useCrew = create<CrewState>(() => ({ ...untold(), deeds: [], positions: 0 }));

const { open, refresh, refreshAfter, ask, signOut } = telephone<db.Person, Day>({
  lock: 'prahari-unit-send',
  state: useCrew,
  database: db.telephoneDay,
  personOf: ({ id, username, name }) => ({ id, username, name }),
  reread,
  async send() {
    await sendDeeds();
    await sendPositions();
  },
  fetchDay: () => api.get<Day>('/unit'),
});
export { ask, open, refresh, signOut };

async function reread(): Promise<void> {
  const [deeds, positions] = await Promise.all([db.allDeeds(), db.countPositions()]);
  useCrew.setState({ deeds, positions });
}

/** Done means: on the disk of this telephone. Sent at once where there is a network. */
export async function act(deed: DeedForm['deed'], more: Partial<DeedForm> = {}): Promise<void> {
  const { person, day } = useCrew.getState();
  if (!person || !day?.unit) return;
  const id = newId();
  const form = { id, deed, unit: day.unit.id, made_at_ms: Date.now(), ...more } as DeedForm;
  await db.putDeed({ id, person_id: person.id, state: 'waiting', form });
  await reread();
  refreshAfter();
}

export async function dismiss(id: string): Promise<void> {
  await db.removeDeed(id);
  await reread();
}

export async function measured(form: Omit<PositionForm, 'id'>): Promise<void> {
  const { person, positions } = useCrew.getState();
  if (!person || positions >= POSITIONS_MOST) return;
  const id = newId();
  await db.putPosition({ id, person_id: person.id, form: { id, ...form } });
  await reread();
  if (useCrew.getState().online) void refreshSoon();
}

let soon: ReturnType<typeof setTimeout> | undefined;
const GATHER_MS = 2_000;

/** Several reasons to ask within a moment are one. */
export function refreshSoon(): void {
  soon ??= setTimeout(() => {
    soon = undefined;
    void refresh();
  }, GATHER_MS);
}

async function sendDeeds(): Promise<void> {
  const { person } = useCrew.getState();
  const mine = (await db.allDeeds()).filter((one) => one.state === 'waiting' && one.person_id === person?.id);
  for (let start = 0; start < mine.length; start += DEEDS_A_BATCH) {
    const batch = mine.slice(start, start + DEEDS_A_BATCH);
    const body = { sent_at_ms: Date.now(), deeds: batch.map((one) => one.form) };
    const { results } = await withToken(() => api.post<SyncOut>('/unit/sync', body));
    for (const one of batch) {
      const result = results.find(({ id }) => id === one.id);
      if (result?.status === 'done') await db.removeDeed(one.id);
      else if (result?.status === 'refused')
        await db.putDeed({ ...one, state: 'refused', ...(result.message ? { message: result.message } : {}) });
    }
  }
}

async function sendPositions(): Promise<void> {
  const { person } = useCrew.getState();
  if (!person) return;
  for (;;) {
    const batch = await db.somePositions(person.id, POSITIONS_A_BATCH);
    if (batch.length === 0) return;
    const body = { sent_at_ms: Date.now(), positions: batch.map((one) => one.form) };
    // Those that the centre refuses (measured when nobody had agreed, say) are of no use later either.
    await withToken(() => api.post<PositionsTaken>('/unit/position', body));
    await db.removePositions(batch.map(({ id }) => id));
  }
}
