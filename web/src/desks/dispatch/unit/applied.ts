/** The day as the crew sees it: what the centre told last, with what was done since and is still on the telephone. */
import type { StoredDeed } from './offline/db';
import type { CrewAssignment, Day, Deed, Message } from './types';

type Progress = CrewAssignment['state'];

const LEADS_TO: Partial<Record<Deed, Progress>> = {
  acknowledge: 'acknowledged',
  en_route: 'en_route',
  arrive: 'arrived',
  clear: 'cleared',
  refuse: 'refused',
};
const ORDER: Progress[] = ['offered', 'acknowledged', 'en_route', 'arrived', 'cleared'];

/** The next deed of an assignment, or null when it has ended. */
export const NEXT: Partial<Record<Progress, Deed>> = {
  offered: 'acknowledge',
  acknowledged: 'en_route',
  en_route: 'arrive',
  arrived: 'clear',
};

export function applied(day: Day, deeds: StoredDeed[]): Day {
  const waiting = deeds.filter((one) => one.state === 'waiting' && one.form.unit === day.unit?.id);
  const assignments = day.assignments
    .map((one) => ({ ...one, state: stateOf(one, waiting) }))
    .filter((one) => one.state !== 'cleared' && one.state !== 'refused');
  return { ...day, unit: unitOf(day, waiting, assignments), assignments, messages: messagesOf(day, waiting) };
}

function stateOf(one: CrewAssignment, waiting: StoredDeed[]): Progress {
  let { state } = one;
  for (const { form } of waiting) {
    const to = form.assignment === one.id ? LEADS_TO[form.deed] : undefined;
    if (to === 'refused' || (to && ORDER.indexOf(to) > ORDER.indexOf(state))) state = to;
  }
  return state;
}

function unitOf(day: Day, waiting: StoredDeed[], assignments: CrewAssignment[]): Day['unit'] {
  const { unit } = day;
  if (!unit) return null;
  const states = assignments.map(({ state }) => state);
  if (states.includes('arrived')) return { ...unit, status: 'at_scene' };
  if (states.includes('en_route')) return { ...unit, status: 'en_route' };
  if (states.length > 0) return { ...unit, status: 'assigned' };
  const said = waiting.findLast(({ form }) => form.deed === 'status');
  if (said?.form.status) return { ...unit, status: said.form.status, status_note: said.form.text ?? '' };
  const fromWork = ['assigned', 'en_route', 'at_scene'].includes(unit.status);
  return fromWork ? { ...unit, status: 'available' } : unit;
}

function messagesOf(day: Day, waiting: StoredDeed[]): Message[] {
  const mine = waiting
    .filter(({ form }) => form.deed === 'message')
    .map(({ id, form }): Message => {
      const at_ms = form.made_at_ms;
      return { id, from_unit: true, said: null, text: form.text ?? '', by: '', at_ms, came_ms: at_ms, read_ms: null };
    });
  return [...day.messages, ...mine];
}

/** How long between two positions: often on the way, seldom while waiting, more seldom as the battery empties. */
export function positionPause_ms(day: Day, battery: { level: number; charging: boolean } | null): number | null {
  if (!day.unit || !day.agreed) return null;
  if (day.unit.status === 'off_duty' || day.unit.status === 'out_of_service') return null;
  const moving = day.assignments.some(({ state }) => state === 'acknowledged' || state === 'en_route');
  const pause_ms = (moving ? day.position_every_s : day.position_idle_s) * 1000;
  if (!battery || battery.charging) return pause_ms;
  return pause_ms * (battery.level < 0.1 ? 4 : battery.level < 0.25 ? 2 : 1);
}
