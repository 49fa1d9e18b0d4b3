const IST_MS = 330 * 60_000;
const DAY_MS = 86_400_000;

/** Local midnight before a moment, Unix milliseconds. */
export const startOfDay = (time_ms = Date.now()) => Math.floor((time_ms + IST_MS) / DAY_MS) * DAY_MS - IST_MS;

/** "2026-11-25" of local time, `days` from today. */
export const localDay = (days = 0) => new Date(Date.now() + IST_MS + days * DAY_MS).toISOString().slice(0, 10);
