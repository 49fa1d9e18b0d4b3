/** The crew page's state: a view of what lies in the telephone's database, and the sending of it. */
import { create } from 'zustand';
import { api, ApiError } from '@/api/client';
import { signOut as signOutAtCentre, session } from '@/api/auth';
import type { Name } from '@/api/types';
import { newId } from '@/kit/upload';
import type { Day, DeedForm, PositionForm, PositionsTaken, SyncOut } from '../types';
import * as db from './db';

const DEEDS_A_BATCH = 50;
const POSITIONS_A_BATCH = 200;
/** Two days of a telephone without a network; more than that is of no use to anybody. */
const POSITIONS_MOST = 20_000;

interface CrewState {
  ready: boolean;
  person: db.Person | null;
  day: Day | null;
  fetched_ms: number;
  deeds: db.StoredDeed[];
  positions: number;
  online: boolean;
  busy: boolean;
  /** The centre does not know us any more: sign in to send. Nothing is lost. */
  signedOut: boolean;
  problem: Name | null;
}

export const useCrew = create<CrewState>(() => ({
  ready: false,
  person: null,
  day: null,
  fetched_ms: 0,
  deeds: [],
  positions: 0,
  online: navigator.onLine,
  busy: false,
  signedOut: false,
  problem: null,
}));

/** What lies on the telephone, shown at once; then the centre is asked. */
export async function open(): Promise<void> {
  const [person, stored] = await Promise.all([db.kept('person'), db.kept('day')]);
  const day = stored && stored.person_id === person?.id ? stored : undefined;
  useCrew.setState({ person: person ?? null, day: day?.day ?? null, fetched_ms: day?.fetched_ms ?? 0 });
  await reread();
  useCrew.setState({ ready: true });
  await refresh();
}

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
  // One that is under way may have passed this deed by.
  void (running ? running.then(refresh) : refresh());
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

let running: Promise<void> | null = null;

/** Send what waits, then fetch the day anew. One at a time, also over several tabs. */
export function refresh(): Promise<void> {
  running ??= exclusively(async () => {
    useCrew.setState({ busy: true, problem: null });
    try {
      await whoAmI();
      await sendDeeds();
      await sendPositions();
      await take(await api.get<Day>('/unit'));
      useCrew.setState({ online: true, signedOut: false });
    } catch (error) {
      told(error);
    } finally {
      await reread();
      useCrew.setState({ busy: false });
    }
  }).finally(() => (running = null));
  return running;
}

/** What can be done with a network only: sign on and off, agree. Rejects with a sentence for the crew. */
export async function ask(path: string, body: Record<string, unknown> = {}): Promise<void> {
  await running;
  await sendDeeds(); // what was done before comes before
  await take(await withToken(() => api.post<Day>(path, body)));
  await reread();
}

function told(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 0) useCrew.setState({ online: false });
  else if (error.status === 401) useCrew.setState({ online: true, signedOut: true });
  else useCrew.setState({ online: true, problem: error.sentence });
}

async function exclusively(work: () => Promise<void>): Promise<void> {
  // Without locks (a page without TLS on another machine) two tabs may both send; the centre knows a deed again.
  if (!navigator.locks) return work();
  await navigator.locks.request('prahari-unit-send', work);
}

async function whoAmI(): Promise<void> {
  const me = await api.get<db.Person>('/me');
  const person = { id: me.id, username: me.username, name: me.name };
  if (useCrew.getState().person?.id !== me.id) {
    const stored = await db.kept('day');
    if (stored && stored.person_id !== me.id) await db.keep('day', undefined);
    useCrew.setState({ day: null, fetched_ms: 0 });
  }
  await db.keep('person', person);
  useCrew.setState({ person });
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

async function take(day: Day): Promise<void> {
  const fetched_ms = Date.now();
  await db.keep('day', { person_id: useCrew.getState().person?.id ?? '', fetched_ms, day });
  useCrew.setState({ day, fetched_ms });
}

export async function signOut(): Promise<void> {
  await signOutAtCentre();
  await db.forgetDay();
  useCrew.setState({ person: null, day: null, fetched_ms: 0, signedOut: true });
}
