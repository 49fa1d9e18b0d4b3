import { expect, it } from 'vitest';
import { incidentOf } from './incidentOf';
import type { Report } from './types';

const report = {
  number: 'CR-000007',
  kind_code: 'fire',
  words: 'दुकान से धुआँ',
  lat: 26.45,
  lon: 80.33,
  jurisdiction: 'up.kanpur.west',
} as Report;
const kinds = [
  { code: 'fire', severity: 'critical' as const, active: true },
  { code: 'theft', severity: 'medium' as const, active: true },
];

it('takes over words, number, place and kind', () => {
  expect(incidentOf(report, kinds)).toEqual({
    kind: 'fire',
    severity: 'critical',
    description: 'दुकान से धुआँ\n(CR-000007)',
    point: [80.33, 26.45],
    jurisdiction: 'up.kanpur.west',
    channel: 'citizen',
  });
});

it('leaves the kind to the officer where the city has none of that name, or no longer uses it', () => {
  expect(incidentOf({ ...report, kind_code: 'street_light' }, kinds)).not.toHaveProperty('kind');
  expect(incidentOf(report, [{ code: 'fire', severity: 'critical', active: false }])).not.toHaveProperty('kind');
});

it('says at least the number when nothing was told in words', () => {
  expect(incidentOf({ ...report, words: '' }, kinds).description).toBe('(CR-000007)');
});
