import type { TrafficHour } from './types';

const sum = (bytes: number[]) => bytes.reduce((total, one) => total + one, 0);

/** Bytes of all purposes, from the site and to it. */
export function totals(hours: TrafficHour[]): { up: number; down: number } {
  return {
    up: sum(hours.map((one) => sum(one.up))),
    down: sum(hours.map((one) => sum(one.down))),
  };
}
