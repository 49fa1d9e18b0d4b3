import { expect, it } from 'vitest';
import type { StoredVisit, VisitState } from './offline/db';
import { localDay, startOfDay } from './offline/time';
import { distance } from './offline/position';
import { matches, outcomes, subjects } from './subject';
import type { Day, DayPremises, Outcome, Place, VisitForm } from './types';

const premises = (id: string, step: DayPremises['step']): DayPremises => ({
  id,
  name: { en: `Shop ${id}`, hi: `दुकान ${id}` },
  address: { en: 'Mall Road', hi: 'माल रोड' },
  owner_class: { code: 'shop', name: { en: 'Shop', hi: 'दुकान' } },
  public: false,
  jurisdiction: { path: 'up', name: { en: 'UP', hi: 'उप्र' } },
  lat: 26.45,
  lon: 80.33,
  step,
  cameras: 2,
  times_asked: 0,
  promised_for: null,
  come_again_on: null,
  refusal: null,
  contacts: [],
  history: [],
  task: null,
});
const day = (...list: DayPremises[]) => ({ premises: list, as_of_ms: 1 }) as unknown as Day;
let made = Date.now();
const visit = (outcome: Outcome, state: VisitState, of: { premises_id?: string; place?: Place }): StoredVisit => ({
  id: `v${++made}`,
  person_id: 'me',
  name: { en: 'x', hi: 'x' },
  state,
  form: { id: `v${made}`, made_at_ms: made, outcome, ...of } as VisitForm,
});
const place = { id: 'new', name: 'शर्मा स्टोर', owner_class: 'shop', jurisdiction: 'up' } as Place;

it('shows where premises stand with what is still on the phone', () => {
  const visits = [
    visit('asked', 'waiting', { premises_id: 'a' }),
    visit('consented', 'waiting', { premises_id: 'a' }),
    visit('come_again', 'waiting', { premises_id: 'a' }),
    visit('refused', 'attention', { premises_id: 'b' }),
  ];
  const [a, b] = subjects(day(premises('a', 'listed'), premises('b', 'asked')), visits);
  expect([a?.step, a?.visits.length, b?.step]).toEqual(['consented', 3, 'asked']);
});

it('keeps a found place in the list until the centre has every visit to it', () => {
  const first = visit('asked', 'done', { place });
  const second = visit('refused', 'waiting', { place });
  expect(subjects(day(), [first, second]).map((one) => [one.id, one.step])).toEqual([['new', 'refused']]);
  expect(subjects(day(), [first])).toEqual([]);
});

it('offers what may follow', () => {
  expect(outcomes('listed', false)).toContain('consented');
  expect(outcomes('listed', true)).not.toContain('consented');
  expect(outcomes('consented', false)).toContain('surveyed');
  expect(outcomes('consented', false)).not.toContain('refused');
  expect(outcomes('promised', false)[0]).toBe('installed');
});

it('finds by words in either language', () => {
  const [one] = subjects(day(premises('a', 'listed')), []);
  expect(one && ['mall shop', 'माल', 'दुकान a'].every((words) => matches(one, words))).toBe(true);
  expect(one && matches(one, 'bank')).toBe(false);
});

it('counts days as the city does', () => {
  const midnight = Date.UTC(2026, 10, 24, 18, 30);
  expect(startOfDay(midnight)).toBe(midnight);
  expect(startOfDay(midnight - 1)).toBe(midnight - 86_400_000);
  expect(localDay(1) > localDay()).toBe(true);
});

it('measures metres', () => {
  expect(distance({ lat: 26.45, lon: 80.33 }, { lat: 26.46, lon: 80.33 })).toBeCloseTo(1112, 0);
});
