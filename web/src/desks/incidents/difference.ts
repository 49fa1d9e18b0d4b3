/** What another has changed between the state that somebody saw and the present one, in the order of the page. */
import type { Incident } from './types';

export type Difference = [field: string, before: string, after: string];

export interface Wording {
  name: (name: Incident['kind']['name']) => string;
  word: (group: 'state' | 'severity' | 'channel', value: string) => string;
  moment: (ms: number) => string;
}

export function differences(seen: Incident, present: Incident, say: Wording): Difference[] {
  const told = (one: Incident): [string, string][] => [
    ['state', say.word('state', one.state)],
    ['severity', say.word('severity', one.severity)],
    ['kind', say.name(one.kind.name)],
    ['title', one.title],
    ['description', one.description],
    ['address', one.address],
    ['point', one.lat === null || one.lon === null ? '' : `${one.lat.toFixed(5)}, ${one.lon.toFixed(5)}`],
    ['area', say.name(one.jurisdiction.name)],
    ['agency', say.name(one.agency.name)],
    ['agencies', one.parts.map((part) => say.name(part.name)).join(', ')],
    ['in_charge', one.in_charge ?? ''],
    ['people', one.people.map((person) => person.name).join(', ')],
    ['channel', say.word('channel', one.channel)],
    ['reporter', [one.reporter_name, one.reporter_phone].filter(Boolean).join(', ')],
    ['happened', say.moment(one.happened_ms)],
    ['alarms', String(one.alarms.length)],
    ['handover', one.handover_to ?? ''],
  ];
  const before = told(seen);
  return told(present).flatMap(([field, after], at) => {
    const was = before[at]?.[1] ?? '';
    return was === after ? [] : [[field, was, after] as Difference];
  });
}
