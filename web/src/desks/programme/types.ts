/** Shapes of the programme's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type Overview = Schemas['ProgrammeOverview'];
export type TaskRow = Schemas['TaskRow'];
export type TaskDetail = Schemas['TaskDetail'];
export type TaskState = TaskRow['state'];
export type TaskKind = TaskRow['kind'];
export type Priority = TaskRow['priority'];
export type BulkPreview = Schemas['BulkPreview'];
export type Batch = Schemas['BatchRow'];
export type Matter = Schemas['EscalationRow'];
export type MatterDetail = Schemas['EscalationDetail'];
export type Appointment = Schemas['AppointmentRow'];
export type Rank = Schemas['RankRow'];
export type Office = Schemas['OfficeRow'];
export type Candidate = Schemas['Candidate'];
export type Responsibility = Schemas['ResponsibilityRow'];
export type GovernmentOrder = Schemas['GovernmentOrderRow'];
export type GovernmentOrderDetail = Schemas['GovernmentOrderDetail'];
export type Clause = Schemas['ClauseRow'];
export type ClauseState = Clause['state'];
export type Rules = Schemas['RulesOut'];
export type Rule = Schemas['RuleRow'];
export type Scorecards = Schemas['Scorecards'];
export type Score = Schemas['ScoreRow'];
export type Linkage = Schemas['LinkageRow'];
export type LinkageDetail = Schemas['LinkageDetail'];
export type LadderItem = Schemas['LadderItem'];
export type Step = Linkage['step'];
export type CameraStep = Schemas['LadderCamera']['step'];
export type Figures = Schemas['FigureTable'];
export type Coded = Schemas['Coded'];

export const STEPS = [
  'listed',
  'asked',
  'promised',
  'installed',
  'consented',
  'refused',
  'surveyed',
  'withdrawn',
] as const satisfies Step[];
export const CAMERA_STEPS = ['reachable', 'linked', 'verified_live', 'owner_confirmed'] as const satisfies CameraStep[];
export const TASK_STATES = ['open', 'in_progress', 'done', 'cancelled'] as const satisfies TaskState[];
export const TASK_KINDS = [
  'visit',
  'survey',
  'connect',
  'repair',
  'letter',
  'decision',
  'clause',
  'other',
] as const satisfies TaskKind[];
export const PRIORITIES = ['high', 'normal', 'low'] as const satisfies Priority[];
