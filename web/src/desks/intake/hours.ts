import type { Hour } from './types';

export const HOUR_MS = 3_600_000;
export const HOURS = 24;

/** One entry an hour, this one last, also where nothing came. */
export function lastDay(hours: Hour[], now_ms: number): Hour[] {
  const last = Math.floor(now_ms / HOUR_MS) * HOUR_MS;
  const known = new Map(hours.map((one) => [one.hour_ms, one]));
  return Array.from({ length: HOURS }, (_, at) => {
    const hour_ms = last - (HOURS - 1 - at) * HOUR_MS;
    return known.get(hour_ms) ?? { hour_ms, taken: 0, refused: 0 };
  });
}

export const sumOf = (hours: Hour[], what: 'taken' | 'refused') => hours.reduce((sum, one) => sum + one[what], 0);
