/** The state of a clock and what it says, by the second. The server's words hold for what has ended. */
import type { Clock } from './types';

export function stateAt(clock: Clock, now_ms: number): Clock['state'] {
  if (clock.met_ms !== null || clock.stopped_ms !== null) return clock.state;
  if (now_ms >= clock.due_ms) return 'missed';
  return now_ms >= clock.warn_ms ? 'warning' : 'running';
}

const two = (value: number) => String(value).padStart(2, '0');

/** 95 s as "1:35", 3 h 4 min as "3:04:00"; the same for time that is over. Beyond two days in days. */
export function remaining(left_ms: number): string {
  const seconds = Math.floor(Math.abs(left_ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) return `${Math.floor(hours / 24)} d`;
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
