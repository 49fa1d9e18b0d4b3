/** Shapes of the targets' API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type PlanRow = Schemas['PlanRow'];
export type PlanOverview = Schemas['PlanOverview'];
export type TargetLine = Schemas['TargetLine'];
export type Outlook = Schemas['OutlookOut'];
export type BurnUpAnswer = Schemas['BurnUpOut'];
export type Preview = Schemas['AllotmentPreview'];
export type FunnelAnswer = Schemas['FunnelOut'];
export type League = Schemas['LeagueOut'];
export type LeagueRow = Schemas['LeagueRow'];
export type Wards = Schemas['WardsOut'];
export type WardRow = Schemas['WardRow'];
export type Placements = Schemas['PlacementsOut'];
export type PlacementRow = Schemas['PlacementRow'];

export const PLACEMENTS = ['entry', 'exit', 'road_side', 'public_area'] as const;
