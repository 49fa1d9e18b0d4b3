/** A page that works without a network: what it knows lies on the telephone, what was done is sent when it can be. */
import { api, ApiError } from '@/api/client';
import { session, signOut as signOutAtCentre } from '@/api/auth';
import { dutyOf, type Duty } from '@/api/queries';
import type { Me, Name } from '@/api/types';
import type { Kept } from './database';

export interface TelephoneState<Person, Day> {
  /** Whether what lies on the telephone has been read. */
  ready: boolean;
  person: Person | null;
  day: Day | null;
  fetched_ms: number;
  online: boolean;
  busy: boolean;
  /** The centre does not know us any more: sign in to send. Nothing is lost. */
  signedOut: boolean;
  /** What comes first for who has signed in: an own password in place of the one-time one. */
  duty: Duty | null;
  problem: Name | null;
}

/** To begin with. */
export const untold = () => ({
  ready: false,
  person: null,
  day: null,
  fetched_ms: 0,
  online: navigator.onLine,
  busy: false,
  signedOut: false,
  duty: null,
  problem: null,
});

interface Parts<Person, Day> {
  /** One tab sends at a time, under this name. */
  lock: string;
  state: {
    getState(): TelephoneState<Person, Day>;
    setState(part: Partial<TelephoneState<Person, Day>>): void;
  };
  database: {
    kept<K extends 'day' | 'person'>(key: K): Promise<Kept<Person, Day>[K] | undefined>;
    keep<K extends 'day' | 'person'>(key: K, value: Kept<Person, Day>[K]): Promise<void>;
    forgetDay(): Promise<void>;
  };
  /** What the telephone keeps of the person. */
  personOf(me: Me): Person;
  /** Show what lies in the page's own stores. */
  reread(): Promise<void>;
  /** Give the centre everything that waits. Raises ApiError. */
  send(): Promise<void>;
  /** Raises ApiError. */
  fetchDay(): Promise<Day>;
}

export function telephone<Person extends { id: string }, Day>(parts: Parts<Person, Day>) {
  const { state, database } = parts;
  let running: Promise<void> | null = null;

  /** What lies on the telephone, shown at once; then the centre is asked. */
  async function open(): Promise<void> {
    const [person, stored] = await Promise.all([database.kept('person'), database.kept('day')]);
    const day = stored && stored.person_id === person?.id ? stored : undefined;
    state.setState({ person: person ?? null, day: day?.day ?? null, fetched_ms: day?.fetched_ms ?? 0 });
    await parts.reread();
    state.setState({ ready: true });
    await refresh();
  }

  /** Send what waits, then fetch the day anew. One at a time, also over several tabs. */
  function refresh(): Promise<void> {
    running ??= exclusively(async () => {
      state.setState({ busy: true, problem: null });
      try {
        const duty = dutyOf(await whoAmI());
        state.setState({ online: true, signedOut: false, duty });
        if (duty) return;
        await parts.send();
        await take(await parts.fetchDay());
      } catch (error) {
        told(error);
      } finally {
        await parts.reread();
        state.setState({ busy: false });
      }
    }).finally(() => (running = null));
    return running;
  }

  /** For what has just been laid down: a refresh that is under way may have passed it by. */
  function refreshAfter(): void {
    void (running ? running.then(refresh) : refresh());
  }

  /** What can be done with a network only. Raises ApiError. */
  async function ask(path: string, body: Record<string, unknown>): Promise<void> {
    await running;
    await parts.send(); // what was done before comes before
    await take(await withToken(() => api.post<Day>(path, body)));
    await parts.reread();
  }

  async function exclusively(work: () => Promise<void>): Promise<void> {
    // Without locks (a page without TLS on another machine) two tabs may both send; the centre knows a thing again.
    if (!navigator.locks) return work();
    await navigator.locks.request(parts.lock, work);
  }

  function told(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 0) state.setState({ online: false });
    else if (error.status === 401) state.setState({ online: true, signedOut: true, duty: null });
    else state.setState({ online: true, problem: error.sentence });
  }

  async function whoAmI(): Promise<Me> {
    const me = await api.get<Me>('/me');
    const person = parts.personOf(me);
    if (state.getState().person?.id !== person.id) {
      const stored = await database.kept('day');
      if (stored && stored.person_id !== person.id) await database.keep('day', undefined);
      state.setState({ day: null, fetched_ms: 0 });
    }
    await database.keep('person', person);
    state.setState({ person });
    return me;
  }

  async function take(day: Day): Promise<void> {
    const fetched_ms = Date.now();
    await database.keep('day', { person_id: state.getState().person?.id ?? '', fetched_ms, day });
    state.setState({ day, fetched_ms });
  }

  async function signOut(): Promise<void> {
    await signOutAtCentre();
    await database.forgetDay();
    state.setState({ person: null, day: null, fetched_ms: 0, signedOut: true, duty: null });
    await parts.reread();
  }

  return { open, refresh, refreshAfter, ask, signOut };
}

/** The token that goes with the session may be older than the session: fetch it anew once. */
export async function withToken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'csrf') throw error;
    await session();
    return work();
  }
}
