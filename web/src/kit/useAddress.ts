/** What a list is narrowed to; lives in the address, so that it can be kept, sent and gone back to. */
import { useMemo } from 'react';
import { useSearch } from './useSearch';

export function useAddress<Key extends string>(names: readonly Key[]) {
  const { search, change } = useSearch();
  const text = names.map((name) => search.get(name) ?? '').join('\u0000');
  const values = useMemo(() => {
    const found: Partial<Record<Key, string>> = {};
    text.split('\u0000').forEach((value, index) => {
      const name = names[index];
      if (value && name !== undefined) found[name] = value;
    });
    return found;
  }, [names, text]);
  const put: (part: Partial<Record<Key, string | null>>) => void = change;
  return { values, change: put };
}
