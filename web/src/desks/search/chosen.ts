/** Which line the keys are on: -1 is none. */
import type { HitGroup } from './types';

export const NONE = -1;

export const moved = (at: number, by: number, lines: number): number => Math.max(NONE, Math.min(lines - 1, at + by));

/** The lines of a group that are shown: the first few, or all that were read. */
export const SHOWN = 8;
export const shownOf = (group: HitGroup, opened: ReadonlySet<string>) =>
  opened.has(group.kind) ? group.hits : group.hits.slice(0, SHOWN);

/** Of several words each alone: what to try when nothing has all of them. */
export const single = (text: string): string[] => {
  const words = [...new Set(text.split(/\s+/).filter((word) => [...word].length > 1))];
  return words.length > 1 ? words : [];
};
