/** Which page is shown: the address itself, without a library. */
import { useSyncExternalStore } from 'react';

const ROOT = '/o';
const listeners = new Set<() => void>();
window.addEventListener('popstate', () => listeners.forEach((tell) => tell()));

/** "", "mine", "place/ID", ... */
export const where = () => location.pathname.replace(/^\/o\/?/, '').replace(/\/$/, '');

export function go(to: string, replace = false): void {
  const path = to ? `${ROOT}/${to}` : ROOT;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.scrollTo(0, 0);
  listeners.forEach((tell) => tell());
}

export const useWay = () =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, where);
