import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

type Part = Record<string, string | null | undefined>;

/** What stands behind the "?" of the address, and how to change it in place: what is empty is taken out. */
export function useSearch() {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (part: Part) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(part))
            if (value) next.set(name, value);
            else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const set = useCallback((name: string, value: string | null) => change({ [name]: value }), [change]);
  return { search, set, change };
}
