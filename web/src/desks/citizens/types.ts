/** Shapes of citizens' reports in the API, as their pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type ReportRow = Schemas['CitizenReportRow'];
export type Report = Schemas['CitizenReportDetail'];
export type ReportCounts = Schemas['CitizenReportCounts'];
export type ReportState = ReportRow['state'];

export const STATES: ReportState[] = ['received', 'in_hand', 'done', 'not_ours'];
export const ANSWER_MOST = 400;
