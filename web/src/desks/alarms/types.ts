/** Shapes of the alarms desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type AlarmRow = Schemas['AlarmRow'];
export type Handling = Schemas['AlarmHandlingOut'];
export type AlarmDetail = Schemas['AlarmDetail'];
export type AlarmCounts = Schemas['AlarmCounts'];
export type CameraAlarms = Schemas['CameraAlarms'];
export type Severity = AlarmRow['severity'];
export type State = Handling['state'];
export type Verdict = Schemas['AlarmsClose']['verdict'];
export type Person = Schemas['AlarmPerson'];
export type Rule = Schemas['RuleOut'];
export type RuleDetail = Schemas['RuleDetail'];
/** As the API takes and tells it: what is left out has its beginning value. */
export type RuleForm = Schemas['RuleBody'];
export type RuleMatch = Required<Schemas['RuleMatch']>;
/** As the editor holds it. */
export type RuleBody = Required<Omit<RuleForm, 'match' | 'also' | 'suppress'>> & {
  match: RuleMatch;
  also: RuleMatch[];
  suppress: RuleMatch[];
};
export type Trial = Schemas['TrialOut'];
export type TrialResult = Schemas['TrialResult'];

export const SEVERITIES: Severity[] = ['critical', 'high', 'medium', 'low'];
export const STATES: State[] = ['new', 'acknowledged', 'assigned', 'in_incident', 'closed'];
export const VERDICTS: Verdict[] = ['true', 'false', 'test', 'duplicate'];

/** Kinds of events that alarms are made of, by family; others may be typed. */
export const EVENT_TYPES = [
  'vision.intrusion', 'vision.loitering', 'vision.crowd', 'vision.abandoned', 'vision.wrong_direction', 'vision.fire',
  'vision.fall', 'device.panic', 'device.flood_level', 'device.gunshot', 'device.fire_panel', 'device.door',
  'device.other', 'citizen.report', 'erss.call', 'public.alert', 'callbox.call', 'camera.health',
  'camera.device_event', 'camera.storage', 'plate.hit',
]; // prettier-ignore
