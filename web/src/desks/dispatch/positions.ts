/** Where units are, as events tell it. */
import type { StreamEvent } from '@/api/events';
import type { Position, Unit } from './types';

export type PositionEvent = StreamEvent & { data: Partial<Position> & { at_ms: number; lat: number; lon: number } };

/** The units with what these events tell; what is older than what is known changes nothing. */
export function moved(units: Unit[], events: PositionEvent[]): Unit[] {
  const newest = new Map<string, Position>();
  for (const { subject, data } of events) {
    const known = newest.get(subject);
    if (known && known.at_ms >= data.at_ms) continue;
    newest.set(subject, {
      accuracy_m: null,
      speed_kmh: null,
      heading_deg: null,
      battery_pct: null,
      ...data,
    });
  }
  return units.map((unit) => {
    const told = newest.get(unit.id);
    return told && (unit.position?.at_ms ?? 0) < told.at_ms ? { ...unit, position: told } : unit;
  });
}

/** Whether a position is too old to be relied on. */
export const isOld = (position: Position, now_ms: number, fresh_s: number) => now_ms - position.at_ms > fresh_s * 1000;
