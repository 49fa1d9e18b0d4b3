/** What a list or the map is narrowed to; lives in the address, so that it can be kept, sent and gone back to. */
import { useCallback, useMemo } from 'react';
import { useSearch } from '@/kit';

export const FILTERS = [
  'q',
  'status',
  'owner_class',
  'department',
  'jurisdiction',
  'kind',
  'placement',
  'ward',
  'recorded',
  'premises',
  'site',
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, string>>;

export function filtersOf(search: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  return filters;
}

export function useFilters() {
  const { search, change } = useSearch();
  const text = FILTERS.map((name) => search.get(name) ?? '').join('\u0000');
  // One object as long as no filter changes, whatever else stands in the address.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const filters = useMemo(() => filtersOf(search), [text]);
  const setFilters: (part: Partial<Record<FilterName, string | null | undefined>>) => void = change;
  const clear = useCallback(() => setFilters(Object.fromEntries(FILTERS.map((name) => [name, null]))), [setFilters]);
  return { filters, setFilters, clear, count: Object.keys(filters).length };
}
