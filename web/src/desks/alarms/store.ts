/** Open alarms as the console knows them: read once by pages, then kept true by events, never read as a whole again. */
import { api, ApiError } from '@/api/client';
import type { StreamEvent } from '@/api/events';
import type { Page } from '@/api/types';
import { grown, isLater } from './queue';
import type { AlarmRow, Handling } from './types';

const PAGE = 500;
const GATHER_MS = 300;
const ASKED_AT_ONCE = 200;
/** How often an alarm that we have heard of is asked for again, after pauses that double from GATHER_MS: five minutes. */
const AGAIN_MOST = 10;
const CENTRE_AWAY_MS = 2_000;

export class AlarmStore {
  private rows = new Map<string, AlarmRow>();
  private listeners = new Set<() => void>();
  private unknown = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame: number | undefined;
  private loads = 0;
  /** Grows with every change of any row: for React. */
  version = 0;
  loaded = false;

  constructor(private readonly read: typeof api.get = api.get) {}

  get(id: string): AlarmRow | undefined {
    return this.rows.get(id);
  }
  all(): Iterable<AlarmRow> {
    return this.rows.values();
  }
  get size(): number {
    return this.rows.size;
  }

  /** Read every open alarm, page by page; what is shown grows with each. */
  async load(signal: AbortSignal): Promise<number> {
    const load = ++this.loads;
    const found = new Set<string>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page<AlarmRow> = await this.read<Page<AlarmRow>>('/alarms', { limit: PAGE, cursor }, signal);
      if (load !== this.loads) return found.size;
      for (const row of page.items) {
        found.add(row.id);
        this.put(row);
      }
      cursor = page.next;
      this.tell();
    }
    // What was open before and is not any more was closed while nobody told us; what came meanwhile is younger.
    const gone = [...this.rows.keys()].filter((id) => !found.has(id));
    this.loaded = true;
    if (gone.length > 0) {
      const told = new Set(await this.ask(gone));
      for (const id of gone) if (!told.has(id)) this.rows.delete(id);
    }
    this.tell();
    return found.size;
  }

  /** Rows as an act or a refusal answered them. */
  putAll(rows: AlarmRow[]): void {
    rows.forEach((row) => this.put(row));
    this.tell();
  }

  take(event: StreamEvent): void {
    const known = this.rows.get(event.subject);
    if (event.type === 'alarm.raised') {
      if (known) this.rows.set(known.id, grown(known, event.data as { revision?: number }));
      else this.askSoon(event.subject);
    } else if (event.type === 'alarm.changed') {
      const told = event.data as Handling;
      if (!known) this.askSoon(event.subject);
      else if (isLater(told, known.handling)) this.rows.set(known.id, { ...known, handling: told });
    } else return;
    this.tell();
  }

  /** Forget what is closed: when the list is put in order, not while somebody reads it. */
  tidy(): void {
    for (const [id, row] of this.rows) if (row.handling.state === 'closed') this.rows.delete(id);
    this.tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  snapshot = (): number => this.version;

  private put(row: AlarmRow): void {
    const known = this.rows.get(row.id);
    if (known && !isLater(row.handling, known.handling)) row = { ...row, handling: known.handling };
    this.rows.set(row.id, row);
  }

  private askSoon(id: string): void {
    this.unknown.add(id);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const ids = [...this.unknown];
      this.unknown.clear();
      void this.insist(ids);
    }, GATHER_MS);
  }

  /** Until they are there: we hear of an alarm at once, the database may be behind. */
  private async insist(ids: string[], again = 0): Promise<void> {
    let pause_ms = GATHER_MS * 2 ** again;
    try {
      await this.ask(ids);
      again += 1;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      pause_ms = CENTRE_AWAY_MS; // for as long as it does not answer
    }
    const missing = ids.filter((id) => !this.rows.has(id));
    if (missing.length > 0 && again <= AGAIN_MOST) setTimeout(() => void this.insist(missing, again), pause_ms);
  }

  /** Alarms that we have only heard of; the ids of those that we may see. */
  private async ask(ids: string[]): Promise<string[]> {
    const told: string[] = [];
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
      const { items } = await this.read<{ items: AlarmRow[] }>('/alarms/some', {
        id: ids.slice(at, at + ASKED_AT_ONCE),
      });
      this.putAll(items);
      told.push(...items.map((row) => row.id));
    }
    return told;
  }

  /** Once a frame at most, however many events come in it. */
  private tell(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.version += 1;
      this.listeners.forEach((listener) => listener());
    });
  }
}

export const alarmStore = new AlarmStore();
