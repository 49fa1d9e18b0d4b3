import { useEffect, useState } from 'react';

export const TILES = 9;

/** The cameras on a page. Pages follow each other for ever; the last one may be short. */
export function pageOf<T>(all: readonly T[], turn: number, size = TILES): T[] {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = turn % pages;
  return all.slice(page * size, (page + 1) * size);
}

/** How many tiles stand side by side: as square as can be. */
export function columnsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count)));
}

/** Counts up every `everyMs`. */
export function useTurn(everyMs: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return turn;
}
