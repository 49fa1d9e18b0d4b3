import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type ListSummary = Schemas['ListSummary'];
export type ListDetail = Schemas['ListDetail'];
export type ListSheet = Schemas['ListSheetOut'];
export type ListColumn = Schemas['ListColumn'];
export type ListRow = Schemas['ListRowOut'];
export type ListState = ListSummary['state'];
export type RowState = ListRow['state'];
export type Lexicon = Schemas['UnknownWord']['lexicon'];
export type DefaultName = Schemas['ListDefault']['lexicon'];
export type FieldName = ListColumn['field'];
export type Pair = Schemas['DuplicatePair'];
export type Side = Schemas['PremisesSaid'];
export type Decision = Schemas['DecisionIn']['decision'];

/** In the order in which they are offered. */
export const FIELDS = [
  'name',
  'owner',
  'mobile',
  'address',
  'police_station',
  'police_post',
  'ward',
  'owner_class',
  'department',
  'cameras',
  'placement',
  'make',
  'ip_based',
  'recorder',
  'coordinates',
  'lat',
  'lon',
  'serial',
  'consent',
  'remarks',
] as const satisfies FieldName[];

export const ROW_STATES = ['new', 'more', 'same', 'decide', 'bad'] as const satisfies RowState[];
export const DEFAULTS = ['police_station', 'owner_class', 'department', 'ward'] as const satisfies DefaultName[];
