import type { Name } from '@/api/types';
import type { TaskRow } from '../types';

/** The person, the office, or everybody of the place. */
export function whoseOf(row: TaskRow, format: { name: (name: Name) => string }, everybody: string): string {
  return row.person?.name ?? (row.office ? format.name(row.office.name) : everybody);
}
