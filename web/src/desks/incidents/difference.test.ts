import { describe, expect, it } from 'vitest';
import { changesOf } from './dialogs/Edit';
import { differences } from './difference';
import type { Incident } from './types';

const base = {
  state: 'open',
  severity: 'high',
  kind: { code: 'fire', name: { en: 'Fire', hi: 'आग' } },
  title: 'Shop',
  description: '',
  address: 'Mall Road',
  lat: null,
  lon: null,
  jurisdiction: { path: 'up', name: { en: 'UP', hi: 'यूपी' } },
  agency: { code: 'police', name: { en: 'Police', hi: 'पुलिस' } },
  parts: [],
  in_charge: null,
  people: [],
  channel: 'call',
  reporter_name: '',
  reporter_phone: '',
  happened_ms: 0,
  alarms: [],
  handover_to: null,
} as unknown as Incident;

describe('conflicts', () => {
  it('tell what another has changed, and that alone', () => {
    const present = { ...base, state: 'in_hand', in_charge: 'Asha', lat: 26.45, lon: 80.33 } as Incident;
    const said = differences(base, present, {
      name: (name) => name.en,
      word: (_group, value) => value,
      moment: String,
    });
    expect(said).toEqual([
      ['state', 'open', 'in_hand'],
      ['point', '', '26.45000, 80.33000'],
      ['in_charge', '', 'Asha'],
    ]);
  });
  it('never come from fields that were not touched', () => {
    const before = {
      kind: 'fire', severity: 'high', title: 'Shop', description: '', channel: 'call', reporter_name: '',
      reporter_phone: '', point: null, address: '', jurisdiction: 'up',
    }; // prettier-ignore
    expect(changesOf(before, before)).toEqual({});
    expect(changesOf({ ...before, address: 'Here', point: [80, 26] }, before)).toEqual({
      address: 'Here',
      lon: 80,
      lat: 26,
    });
  });
});
