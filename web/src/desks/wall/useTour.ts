import { useEffect, useRef, useState } from 'react';
import * as model from './model';

export const TOUR_SECONDS = [5, 10, 15, 30, 60, 120] as const;

export interface Tour {
  running: boolean;
  everyS: number;
  /** Layouts to go through; empty: the pages of the wall that is open. */
  layoutIds: string[];
}

/** Turns the pages of the wall, or goes from layout to layout, at an interval. */
export function useTour(
  wall: model.Wall,
  setWall: (change: (before: model.Wall) => model.Wall) => void,
  layouts: readonly model.Layout[],
  search: URLSearchParams,
) {
  const [tour, setTour] = useState<Tour>(() => {
    const everyS = Number(search.get('every'));
    return {
      running: everyS > 0,
      everyS: everyS > 0 ? Math.max(3, everyS) : 15,
      layoutIds: search.get('tour')?.split(',').filter(Boolean) ?? [],
    };
  });
  const latest = useRef({ layouts, layoutIds: tour.layoutIds });
  useEffect(() => {
    latest.current = { layouts, layoutIds: tour.layoutIds };
  });
  const { running, everyS } = tour;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      const { layouts: known, layoutIds } = latest.current;
      setWall((before) => next(before, known, layoutIds));
    }, everyS * 1000);
    return () => clearInterval(timer);
  }, [running, everyS, setWall]);
  const possible = tour.layoutIds.length > 0 || model.pagesOf(wall) > 1;
  return { tour, setTour, possible };
}

/** The wall after this one on a tour: its next page, else the next layout. */
export function next(wall: model.Wall, layouts: readonly model.Layout[], layoutIds: readonly string[]): model.Wall {
  const chosen = layoutIds.map((id) => layouts.find((layout) => layout.id === id)).filter((one) => one !== undefined);
  if (chosen.length === 0 || wall.page + 1 < model.pagesOf(wall)) return model.turnTo(wall, wall.page + 1);
  const at = chosen.findIndex((layout) => layout.id === wall.layoutId);
  return model.opened(chosen[(at + 1) % chosen.length] as model.Layout);
}
