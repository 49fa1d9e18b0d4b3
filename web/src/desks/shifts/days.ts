/** Days and weeks of the city's own time (IST, all year round). */
export const DAY_MS = 86_400_000;
const OFFSET_MS = 19_800_000;

export const startOfDay = (time_ms: number): number => Math.floor((time_ms + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;

/** Monday 00:00 of the week that holds a moment. */
export function startOfWeek(time_ms: number): number {
  const day = startOfDay(time_ms);
  const weekday = (new Date(day + OFFSET_MS).getUTCDay() + 6) % 7;
  return day - weekday * DAY_MS;
}

/** "2026-11-23": as an input of type date has it. */
export const dayOf = (time_ms: number): string => new Date(time_ms + OFFSET_MS).toISOString().slice(0, 10);
/** "14:05" */
export const clockOf = (time_ms: number): string => new Date(time_ms + OFFSET_MS).toISOString().slice(11, 16);

/** The moment of a day and a time as inputs give them; NaN for what is none. */
export const momentOf = (day: string, clock: string): number => Date.parse(`${day}T${clock}:00Z`) - OFFSET_MS;
