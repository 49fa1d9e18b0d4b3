import { useCallback, useEffect, useState } from 'react';
import { ask } from './ask';

/** A read that is made again when `path` changes or `again` is called; null path: not yet. */
export function useAsked<T>(path: string | null) {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: unknown }>({
    path: null,
    data: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (path === null) return;
    let over = false;
    ask<T>('GET', path).then(
      (data) => !over && setState({ path, data, error: null }),
      (error: unknown) =>
        !over && setState((before) => ({ path, data: before.path === path ? before.data : null, error })),
    );
    return () => {
      over = true;
    };
  }, [path, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const current = state.path === path;
  return { data: current ? state.data : null, error: current ? state.error : null, again };
}
