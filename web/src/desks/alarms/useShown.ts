import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { chosen, type Filters, type Order } from './queue';
import { alarmStore } from './store';

const LOOK_EVERY_MS = 500;

interface Shown {
  ids: string[];
  /** Alarms that match and are not in the list yet. */
  waiting: number;
  /** Put those in, and take out what is closed or matches no more. */
  refresh: () => void;
}

/**
 * The list as the operator reads it: what comes does not move it until they ask. Other filters, or another order, make
 * a new list at once; the first reading fills it page by page.
 */
export function useShown(filters: Filters, order: Order, me: string | undefined): Shown {
  const choose = useCallback(() => chosen(alarmStore.all(), filters, order, me, Date.now()), [filters, order, me]);
  const [list, setList] = useState(() => ({ of: choose, ids: choose() }));
  const [waiting, setWaiting] = useState(0);
  if (list.of !== choose) {
    setList({ of: choose, ids: choose() });
    setWaiting(0);
  }
  const inList = useMemo(() => new Set(list.ids), [list.ids]);
  const latest = useRef({ choose, inList });
  useEffect(() => {
    latest.current = { choose, inList };
  });

  useEffect(() => {
    let seen = -1;
    let whole = alarmStore.loaded;
    const look = () => {
      if (alarmStore.version === seen) return;
      seen = alarmStore.version;
      const { choose, inList } = latest.current;
      const ids = choose();
      if (!whole || inList.size === 0) {
        setList({ of: choose, ids });
        whole = alarmStore.loaded;
      } else setWaiting(ids.reduce((count, id) => (inList.has(id) ? count : count + 1), 0));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  const refresh = useCallback(() => {
    alarmStore.tidy();
    setList({ of: choose, ids: choose() });
    setWaiting(0);
  }, [choose]);
  return { ids: list.ids, waiting, refresh };
}
