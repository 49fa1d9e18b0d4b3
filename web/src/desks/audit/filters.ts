/** What the audit is narrowed to; lives in the address, so that it can be kept, sent and gone back to. */
import { useCallback, useMemo } from 'react';
import { useSearch } from '@/kit';

export const FILTERS = ['q', 'action', 'actor', 'from', 'to', 'subject'] as const;
export type FilterName = (typeof FILTERS)[number];

/** As the API takes it; times in milliseconds, to_ms not included. */
export interface AuditQuery {
  q?: string;
  action?: string;
  actor?: string;
  subject?: string;
  from_ms?: number;
  to_ms?: number;
}

const DAY_MS = 86_400_000;
const startOf = (day: string | null) => {
  const at = day ? Date.parse(`${day}T00:00:00+05:30`) : NaN;
  return Number.isNaN(at) ? undefined : at;
};

/** Days of the address are whole days of Indian time, both included. */
export function queryOf(search: URLSearchParams): AuditQuery {
  const query: AuditQuery = {};
  for (const name of ['q', 'action', 'actor', 'subject'] as const) {
    const value = search.get(name);
    if (value) query[name] = value;
  }
  const from = startOf(search.get('from'));
  const last = startOf(search.get('to'));
  if (from !== undefined) query.from_ms = from;
  if (last !== undefined) query.to_ms = last + DAY_MS;
  return query;
}

export function useAuditFilters() {
  const { search, set, change } = useSearch();
  const text = FILTERS.map((name) => search.get(name) ?? '').join('\u0000');
  // One object as long as no filter changes, whatever else stands in the address.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const query = useMemo(() => queryOf(search), [text]);
  const clear = useCallback(
    () => change(Object.fromEntries([...FILTERS, 'entry'].map((name) => [name, null]))),
    [change],
  );
  return { search, query, set, clear, isNarrowed: Object.keys(query).length > 0 };
}
