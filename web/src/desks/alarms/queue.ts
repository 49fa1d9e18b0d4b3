/** The alarms of the queue as pure values: what is told of them, how they are narrowed and ordered. */
import type { AlarmRow, Handling, Severity, State } from './types';

const WEIGHT: Record<Severity, number> = { critical: 3, high: 2, medium: 1, low: 0 };

export interface Filters {
  words: string;
  severities: Severity[];
  states: State[];
  types: string[];
  rule: string;
  area: string;
  agency: string;
  post: string;
  camera: string;
  /** My own, or of a post where I am on duty. */
  mine: boolean;
  /** Only what came in this many hours; 0: all. */
  hours: number;
  /** Alarms that are marked as tests, too. */
  tests: boolean;
}

export const NO_FILTERS: Filters = {
  words: '', severities: [], states: [], types: [], rule: '', area: '', agency: '', post: '', camera: '', mine: false,
  hours: 0, tests: true,
}; // prettier-ignore

export type Order = 'newest' | 'severity' | 'oldest';

/** Whether a later telling is really later: people's version first, then how often it climbed. */
export function isLater(told: Handling, known: Handling): boolean {
  return told.version > known.version || (told.version === known.version && told.level >= known.level);
}

/** A row as a telling of the engine (alarm.raised) makes it; the same object when it is no later. */
export function grown(row: AlarmRow, data: { revision?: number; count?: number; last_ms?: number }): AlarmRow {
  if (data.revision === undefined || data.revision <= row.revision) return row;
  return {
    ...row,
    revision: data.revision,
    count: data.count ?? row.count,
    last_ms: data.last_ms ?? row.last_ms,
  };
}

export function isWanted(row: AlarmRow, filters: Filters, me: string | undefined, now_ms: number): boolean {
  const { handling } = row;
  if (filters.severities.length > 0 && !filters.severities.includes(row.severity)) return false;
  if (filters.states.length > 0 && !filters.states.includes(handling.state)) return false;
  if (filters.types.length > 0 && !filters.types.includes(row.type)) return false;
  if (filters.rule && row.rule_id !== filters.rule) return false;
  if (filters.area && row.jurisdiction !== filters.area && !row.jurisdiction.startsWith(`${filters.area}.`))
    return false;
  if (filters.agency && row.agency !== filters.agency) return false;
  if (filters.post && handling.post !== filters.post) return false;
  if (filters.camera && row.camera?.id !== filters.camera) return false;
  if (filters.mine && handling.assignee?.id !== me) return false;
  if (filters.hours > 0 && row.first_ms < now_ms - filters.hours * 3_600_000) return false;
  if (!filters.tests && row.test) return false;
  return filters.words === '' || textOf(row).includes(filters.words);
}

const texts = new WeakMap<AlarmRow, string>();
/** What is searched for words: both names, so that either script finds it. */
function textOf(row: AlarmRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    const { camera, name } = row;
    text = [name.en, name.hi, camera?.reg_id, camera?.name.en, camera?.name.hi, row.text, row.handling.assignee?.name]
      .filter(Boolean)
      .join(' ')
      .toLowerCase();
    texts.set(row, text);
  }
  return text;
}

const ORDERS: Record<Order, (a: AlarmRow, b: AlarmRow) => number> = {
  newest: (a, b) => b.first_ms - a.first_ms,
  oldest: (a, b) => a.first_ms - b.first_ms,
  severity: (a, b) => WEIGHT[b.severity] - WEIGHT[a.severity] || b.first_ms - a.first_ms,
};

/** Ids of what is shown, in order. */
export function chosen(
  rows: Iterable<AlarmRow>,
  filters: Filters,
  order: Order,
  me: string | undefined,
  now_ms: number,
): string[] {
  const words = filters.words.trim().toLowerCase();
  const narrowed = { ...filters, words };
  const found: AlarmRow[] = [];
  for (const row of rows) if (isWanted(row, narrowed, me, now_ms)) found.push(row);
  return found.sort(ORDERS[order]).map((row) => row.id);
}
