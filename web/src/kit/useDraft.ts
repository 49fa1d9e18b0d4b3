import { useCallback, useEffect, useState } from 'react';

/** A form's values, kept in sessionStorage while they are typed: a reload or a sign-in loses nothing. */
export function useDraft<T>(key: string, initial: T) {
  const storedAs = `prahari.draft.${key}`;
  const [values, setValues] = useState<T>(() => {
    const stored = sessionStorage.getItem(storedAs);
    if (stored === null) return initial;
    try {
      return { ...initial, ...(JSON.parse(stored) as T) };
    } catch {
      sessionStorage.removeItem(storedAs);
      return initial;
    }
  });
  const [dirty, setDirty] = useState(() => sessionStorage.getItem(storedAs) !== null);
  useEffect(() => {
    if (dirty) sessionStorage.setItem(storedAs, JSON.stringify(values));
  }, [dirty, storedAs, values]);
  const change = useCallback((part: Partial<T>) => {
    setDirty(true);
    setValues((before) => ({ ...before, ...part }));
  }, []);
  const reset = useCallback(
    (to: T) => {
      sessionStorage.removeItem(storedAs);
      setDirty(false);
      setValues(to);
    },
    [storedAs],
  );
  return { values, change, reset, dirty };
}
