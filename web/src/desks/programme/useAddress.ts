/** What a list is narrowed to; lives in the address, so that it can be kept, sent and gone back to. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export function useAddress<Key extends string>(names: readonly Key[]) {
  const [search, setSearch] = useSearchParams();
  const text = names.map((name) => search.get(name) ?? '').join('\u0000');
  const values = useMemo(() => {
    const found: Partial<Record<Key, string>> = {};
    text.split('\u0000').forEach((value, index) => {
      const name = names[index];
      if (value && name !== undefined) found[name] = value;
    });
    return found;
  }, [names, text]);
  const change = useCallback(
    (part: Partial<Record<Key, string | null>>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(part) as [Key, string | null | undefined][])
            if (value) next.set(name, value);
            else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { values, change };
}
