/** Made-up alarms for tests. */
import type { AlarmRow, Handling, Severity } from './types';

const SEVERITIES: Severity[] = ['critical', 'high', 'medium', 'low'];

export const handling = (more: Partial<Handling> = {}): Handling => ({
  state: 'new', version: 1, post: '', assignee: null, acknowledged: null, incident_id: null, verdict: '', closed: null,
  note: '', undo_by: null, level: 0, told_ms: 0, told_to: '', ...more,
}); // prettier-ignore

export const row = (number: number, more: Partial<AlarmRow> = {}): AlarmRow => ({
  id: `alarm-${number}`, revision: 1, rule_id: `rule-${number % 5}`, name: { en: 'Intrusion at night', hi: 'रात में प्रवेश' },
  severity: SEVERITIES[number % 4] ?? 'low', type: 'vision.intrusion', first_ms: 1_000_000 - number, last_ms: 1_000_000,
  count: 1, group_by: 'camera', group_key: 'c', jurisdiction: `up.kanpur.${number % 2 ? 'west' : 'east'}`, agency: 'police',
  lat: null, lon: null, text: '', cameras: 1,
  camera: { id: `camera-${number % 50}`, reg_id: `K-${number % 50}`, name: { en: `Crossing ${number % 50}`, hi: 'चौराहा' } },
  late: false, skewed: false, flood: false, test: false, handling: handling(), ...more,
}); // prettier-ignore
