/** Local days as the API writes them: "2026-11-22". */
const ZONE_MS = 330 * 60_000;
const DAY_MS = 86_400_000;

/** Midnight in India at which a day begins, Unix milliseconds. */
export const dayMs = (day: string): number => Date.parse(`${day}T00:00:00+05:30`);
export const dayOf = (time_ms: number): string => new Date(time_ms + ZONE_MS).toISOString().slice(0, 10);
export const today = (): string => dayOf(Date.now());
export const daysBetween = (from: string, to: string): number => Math.round((dayMs(to) - dayMs(from)) / DAY_MS);
