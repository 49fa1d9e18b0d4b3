/** The arithmetic of the timeline: what stretch of time is in view, and where a moment lies in it. Pure. */

export interface View {
  fromMs: number;
  toMs: number;
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** India has one time zone and no summer time. */
export const IST_OFFSET_MS = 19_800_000;

export const SHORTEST_MS = 30 * SECOND_MS;
export const LONGEST_MS = 40 * DAY_MS;

export const spanOf = (view: View): number => view.toMs - view.fromMs;

export function xOf(view: View, widthPx: number, atMs: number): number {
  return ((atMs - view.fromMs) / spanOf(view)) * widthPx;
}

export function timeAt(view: View, widthPx: number, xPx: number): number {
  return view.fromMs + (xPx / Math.max(1, widthPx)) * spanOf(view);
}

/** A view of `spanMs` with `atMs` at the same share of the width as before. */
export function zoomAround(view: View, atMs: number, factor: number): View {
  const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, spanOf(view) * factor));
  const share = (atMs - view.fromMs) / spanOf(view);
  const fromMs = atMs - span * share;
  return { fromMs, toMs: fromMs + span };
}

export function shift(view: View, byMs: number): View {
  return { fromMs: view.fromMs + byMs, toMs: view.toMs + byMs };
}

export function centredOn(atMs: number, spanMs: number): View {
  return { fromMs: atMs - spanMs / 2, toMs: atMs + spanMs / 2 };
}

/** Keeps the view from running far into the future: at least a tenth of it shows what has been. */
export function notBeyond(view: View, nowMs: number): View {
  const latest = nowMs - spanOf(view) * 0.1;
  return view.fromMs > latest ? shift(view, latest - view.fromMs) : view;
}

/** The view moved so that `atMs` is inside, ahead of it a fifth left free; unchanged when it is well inside. */
export function following(view: View, atMs: number): View {
  const share = (atMs - view.fromMs) / spanOf(view);
  if (share >= 0 && share <= 0.9) return view;
  return shift(view, atMs - (view.fromMs + spanOf(view) * 0.8));
}

const STEPS_MS = [
  SECOND_MS,
  5 * SECOND_MS,
  10 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
];

export interface Ticks {
  stepMs: number;
  /** Moments that get a label, on round Indian times. */
  atMs: number[];
}

/** Labels at least `apartPx` apart. */
export function ticksOf(view: View, widthPx: number, apartPx = 84): Ticks {
  const wanted = (spanOf(view) / Math.max(1, widthPx)) * apartPx;
  const stepMs = STEPS_MS.find((step) => step >= wanted) ?? (STEPS_MS[STEPS_MS.length - 1] as number);
  const atMs = [];
  const first = Math.ceil((view.fromMs + IST_OFFSET_MS) / stepMs) * stepMs - IST_OFFSET_MS;
  for (let at = first; at <= view.toMs; at += stepMs) atMs.push(at);
  return { stepMs, atMs };
}

/** Midnight in India at or before a moment. */
export function dayStart(atMs: number): number {
  return Math.floor((atMs + IST_OFFSET_MS) / DAY_MS) * DAY_MS - IST_OFFSET_MS;
}

/** "2026-11-22" in IST, as date fields want it. */
export function isoDay(atMs: number): string {
  return new Date(atMs + IST_OFFSET_MS).toISOString().slice(0, 10);
}

/** The moment of an Indian date "2026-11-22" and time "14:05" or "14:05:09"; null when it is none. */
export function momentOf(day: string, time: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{1,2}:\d{2}(:\d{2})?$/.test(time)) return null;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const dayMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(dayMs)) return null;
  return dayMs + ((hours * 60 + minutes) * 60 + seconds) * SECOND_MS - IST_OFFSET_MS;
}

const WINDOWS_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 45 * DAY_MS];

/** The stretch to ask the engine for: wider than the view and on round times, so that small moves ask nothing. */
export function windowOf(view: View): View {
  const size = WINDOWS_MS.find((window) => window >= spanOf(view)) ?? (WINDOWS_MS[WINDOWS_MS.length - 1] as number);
  return {
    fromMs: Math.floor((view.fromMs - size / 4) / size) * size,
    toMs: Math.ceil((view.toMs + size / 4) / size) * size,
  };
}

/** The first of sorted, disjoint stretches that holds `atMs`, or null. */
export function stretchAt<T extends readonly [number, number]>(stretches: readonly T[], atMs: number): T | null {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as T)[1] < atMs) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  return found && found[0] <= atMs ? found : null;
}
