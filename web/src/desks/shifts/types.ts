/** Shapes of the shifts desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type MyShift = Schemas['MyShift'];
export type Duty = Schemas['ShiftDuty'];
export type ShiftBoard = Schemas['ShiftBoard'];
export type BoardPost = Schemas['PostOnBoard'];
export type Handover = Schemas['ShiftHandoverRow'];
export type ShiftItem = Schemas['ShiftItem'];
export type Post = Schemas['PostRow'];
export type Pattern = Schemas['PatternRow'];
export type Turn = Schemas['ShiftTurn'];
export type Roster = Schemas['ShiftRoster'];
export type Entry = Schemas['EntryRow'];
export type Clash = Schemas['RosterClash'];
export type LaidOut = Schemas['ShiftLaidOut'];
export type Sitter = Schemas['ShiftSitter'];
export type AttentionReport = Schemas['AttentionReport'];
export type AttentionCamera = Schemas['AttentionCamera'];
export type AttentionDuties = Schemas['AttentionDuties'];
export type AttentionDuty = Schemas['AttentionDuty'];
