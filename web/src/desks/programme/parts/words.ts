/** How states look: the same everywhere in the programme. */
import type { ClauseState, Matter, Step, TaskState } from '../types';
import type { Tone } from './Mark';

export const TASK_TONE: Record<TaskState, Tone> = {
  open: 'plain',
  in_progress: 'way',
  done: 'good',
  cancelled: 'held',
};
export const CLAUSE_TONE: Record<ClauseState, Tone> = {
  not_begun: 'plain',
  under_way: 'way',
  done: 'good',
  late: 'bad',
};
export const MATTER_TONE: Record<Matter['state'], Tone> = { open: 'bad', acknowledged: 'way', settled: 'good' };
export const STEP_TONE: Record<Step, Tone> = {
  listed: 'plain',
  asked: 'way',
  promised: 'way',
  installed: 'way',
  consented: 'good',
  refused: 'held',
  surveyed: 'good',
  withdrawn: 'held',
};

/** Unix milliseconds of noon in India on an ISO day, for writing it as a date. */
export const dayMs = (day: string) => Date.parse(`${day}T12:00:00+05:30`);
/** Today in India, as an ISO day. */
export const today = () => new Date(Date.now() + 19_800_000).toISOString().slice(0, 10);
