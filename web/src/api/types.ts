/** Shapes of the API, named as the console speaks of them; made from the API's own description (`npm run api`). */
import type { components } from './schema.gen';

type Schemas = components['schemas'];

export type Name = Schemas['Bilingual'];
export type Status = Schemas['CameraRow']['status'];
export type Kind = Schemas['CameraRow']['kind'];
export type Placement = Schemas['CameraRow']['placement'];
export type Coded = Schemas['Coded'];
export type Grant = Schemas['GrantOut'];
export type Me = Schemas['Me'];
export type Centre = Schemas['CentreOut'];
export type User = Schemas['UserOut'];
export type AuditEntry = Schemas['AuditOut'];
export type AuditEntryDetail = Schemas['AuditEntryOut'];
export type AuditActor = Schemas['AuditActor'];
export type Jurisdiction = Schemas['JurisdictionOut'];
export type CameraRow = Schemas['CameraRow'];
export type CameraDetail = Schemas['CameraDetail'];
export type Permit = Schemas['PermitOut'];
export type Order = Schemas['OrderRow'];
export type MapCamera = Schemas['MapCamera'];
export type MapCluster = Schemas['Cluster'];
export type MapAnswer = Schemas['MapView'];
export type Counts = Schemas['Counts'];
export type HistoryEntry = Schemas['HistoryItem'];
export type StatusEntry = Schemas['StatusChange'];
export type PremisesRow = Schemas['PremisesRow'];
export type PremisesDetail = Schemas['PremisesDetail'];
export type SearchAnswer = Schemas['Found'];
export type MoreAnswer = Schemas['SearchGroups'];
export type Health = Schemas['Health'];
export type EventToken = Schemas['EventToken'];

/** A list read by pages. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  as_of_ms: number;
}

/** A message in both languages, as every error of the API carries one. */
export interface ApiErrorBody {
  code: string;
  message: Name;
  fields?: Record<string, Name>;
  present?: unknown;
}

export const STATUSES = ['live', 'stalled', 'offline', 'no_consent', 'unknown'] as const satisfies Status[];
export const KINDS = [
  'fixed',
  'ptz',
  'anpr',
  'red_light',
  'speed',
  'classification',
  'analogue_dvr',
] as const satisfies Kind[];
export const PLACEMENTS = ['entry', 'exit', 'road_side', 'public_area', 'other'] as const satisfies Placement[];
