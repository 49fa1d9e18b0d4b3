/** Shapes of this desk's API. `figures` and `agenda` are kept JSON: described here as the server makes them. */
import type { components } from '@/api/schema.gen';
import type { Name } from '@/api/types';

type Schemas = components['schemas'];

export type ReportDay = Schemas['ReportDayItem'];
export type ReportDays = Schemas['ReportDays'];
export type ReportState = ReportDay['state'];
export type ReportArea = Schemas['ReportArea'];
export type ReportVersion = Schemas['ReportVersionItem'];
export type Recipient = Schemas['ReportRecipient'];
export type MeetingItem = Schemas['ReviewMeetingItem'];
export type Invitation = Schemas['ReviewInvitation'];
export type Decision = Schemas['ReviewDecision'];
export type AttendanceState = Invitation['attendance'];

export const COLUMNS = [
  'target',
  'listed',
  'asked',
  'consented',
  'refused',
  'withdrawn',
  'linked_today',
  'verified_today',
  'verified',
  'gap',
  'live_now',
  'down_24h',
] as const;
export type ColumnName = (typeof COLUMNS)[number];
export type CountName = Exclude<ColumnName, 'gap'>;
export type Counts = Record<CountName, number | null>;
export type FigureRow = Counts & { class: string; station: string };

export interface DownCamera {
  id: string;
  reg_id: string;
  name: Name;
  path: string;
  class: string;
  since_ms: number;
  reason: string;
}

export interface Figures {
  day: string;
  hour: string;
  made_ms: number;
  late: boolean;
  as_of_end: boolean;
  rows: FigureRow[];
  totals: Counts;
  before: Record<'listed' | 'asked' | 'consented' | 'refused' | 'withdrawn' | 'verified', number> & { day: string };
  classes: Record<string, { name: Name; target: number | null }>;
  stations: Record<string, { name: Name; target: number | null; officer: string }>;
  down: { count: number; reasons: Record<string, number>; cameras: DownCamera[] } | null;
  refusals: { reason: Name; premises: number }[];
  lead: Name;
}
export type Report = Omit<Schemas['ReportDetail'], 'figures'> & { figures: Figures };

export interface DepartmentRow {
  code: string;
  name: Name;
  target: number | null;
  gap: number | null;
  listed: number;
  consented: number;
  verified: number;
  last_7_days: number;
  needed_7_days: number | null;
  down_24h: number;
}

export interface Agenda {
  as_of_ms: number;
  follow_up: Decision[];
  departments: DepartmentRow[];
  totals: Omit<DepartmentRow, 'code' | 'name'>;
  due_on: string | null;
  refusals: { reason: Name; premises: number }[];
  overdue_tasks: { count: number; tasks: { title: Name; due_on: string | null; days: number; who: Name }[] };
  down: { count: number; reasons: Record<string, number> };
}
export type Meeting = Omit<Schemas['ReviewMeeting'], 'agenda'> & { agenda: Agenda };

/** A day of the API ("2026-11-25") as a moment of that day here, for formatting. */
export const noonOf = (day: string) => Date.parse(`${day}T12:00:00+05:30`);
