/** Which page is shown: the address itself, without a library. */
import { useSyncExternalStore } from 'react';

const ROOT = '/o';
const listeners = new Set<() => void>();
window.addEventListener('popstate', () => listeners.forEach((tell) => tell()));

const REPORT = 'report';

/** "", "mine", "place/ID", ..., "report" (which has an address of its own) */
export const where = () =>
  /^\/report\/?$/.test(location.pathname) ? REPORT : location.pathname.replace(/^\/o\/?/, '').replace(/\/$/, '');

export function go(to: string, replace = false): void {
  const path = to === REPORT ? `/${REPORT}` : to ? `${ROOT}/${to}` : ROOT;
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
