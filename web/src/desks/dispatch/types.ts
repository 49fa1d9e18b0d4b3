/** Shapes of the dispatch desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type S = components['schemas'];

export type Unit = S['UnitRow'];
export type UnitDetail = S['UnitDetail'];
export type UnitKind = Unit['kind'];
export type UnitStatus = Unit['status'];
export type Position = S['PositionOut'];
export type Assignment = S['AssignmentRow'];
export type Progress = Assignment['state'];
export type Step = S['AssignmentStep']['state'];
export type SentTo = S['SentTo'];
export type Suggestion = S['Suggestion'];
export type Suggestions = S['Suggestions'];
export type Board = S['DispatchBoard'];
export type Waiting = S['WaitingIncident'];
export type Message = S['UnitMessageOut'];
export type Skill = S['UnitSkill'];
export type Tracker = S['UnitTracker'];
export type Severity = SentTo['severity'];
export type HotSpots = S['HotSpots'];
export type HotCell = S['HotCell'];
export type HotPatrol = S['HotPatrol'];

export const UNIT_KINDS: UnitKind[] = [
  'patrol_car', 'motorcycle', 'quick_response', 'foot', 'ambulance', 'fire_tender',
]; // prettier-ignore
export const STATUSES: UnitStatus[] = [
  'available', 'assigned', 'en_route', 'at_scene', 'busy', 'out_of_service', 'off_duty',
]; // prettier-ignore
/** What people say of a unit that is sent nowhere. */
export const SAID = ['available', 'busy', 'out_of_service', 'off_duty'] as const satisfies UnitStatus[];
/** The way forward of an assignment. */
export const STEPS: Step[] = ['acknowledged', 'en_route', 'arrived', 'cleared'];
export const ACTIVE: Progress[] = ['offered', 'acknowledged', 'en_route', 'arrived'];

export const isActive = (one: { state: Progress }) => ACTIVE.includes(one.state);

/** The next step forward, or null when it has ended. */
export function nextStep(state: Progress): Step | null {
  const at = ACTIVE.indexOf(state);
  return at < 0 ? null : (STEPS[at] ?? null);
}
