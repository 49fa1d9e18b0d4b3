/** Shapes of the incidents desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type IncidentRow = Schemas['IncidentRow'];
export type Incident = Schemas['IncidentDetail'];
export type Counts = Schemas['IncidentCounts'];
export type Point = Schemas['IncidentPoint'];
export type Clock = Schemas['ClockOut'];
export type Entry = Schemas['EntryOut'];
export type Kind = Schemas['KindOut'];
export type KindLimits = Schemas['KindLimits'];
export type NearCameras = Schemas['NearCameras'];
export type NearCamera = Schemas['NearCamera'];
export type Person = Schemas['PersonOut'];
export type Handover = Schemas['HandoverOut'];
export type PerhapsGone = Schemas['PerhapsGone'];
export type Severity = IncidentRow['severity'];
export type State = IncidentRow['state'];
export type ClockName = Clock['clock'];

export const SEVERITIES: Severity[] = ['critical', 'high', 'medium', 'low'];
export const STATES: State[] = ['open', 'in_hand', 'resolved', 'closed'];
export const CLOCKS: ClockName[] = ['in_hand', 'arrive', 'resolve'];
export const CHANNELS: Incident['channel'][] = [
  'call', 'call_box', 'citizen', 'camera', 'patrol', 'agency', 'alarm', 'other',
]; // prettier-ignore
export const OUTCOMES = ['handled', 'nothing_found', 'false_call', 'test', 'handed_on'] as const;
/** With these it may be closed although it was not resolved. */
export const EARLY_OUTCOMES = ['false_call', 'nothing_found', 'test', 'handed_on'] as const;
