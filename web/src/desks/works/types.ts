/** Shapes of the works desk. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type WorkKind = Schemas['WorkKindRow'];
export type DelayReason = Schemas['DelayReasonRow'];
export type Project = Schemas['ProjectRow'];
export type PackageRow = Schemas['PackageRow'];
export type PackageDetail = Schemas['PackageDetail'];
export type WorkState = PackageRow['state'];
export type Entry = Schemas['ProgressOut'];
export type Delay = Schemas['DelayOut'];
export type Milestone = Schemas['MilestoneOut'];
export type CurvePoint = Schemas['CurvePoint'];
export type MapPackage = Schemas['MapPackage'];
export type SiteRow = Schemas['WorksSiteRow'];
export type SiteList = Schemas['WorksSites'];

/** What needs attention first. */
export const STATES = ['late', 'behind', 'on_track', 'not_started', 'done'] as const satisfies WorkState[];
