import { describe, expect, it } from 'vitest';
import type { MoreAnswer, SearchAnswer } from '@/api/types';
import { moved, NONE, SHOWN, shownOf, single } from './chosen';
import { groupsOf } from './grouping';
import type { HitGroup } from './types';

const camera = (number: number) => ({
  id: `c${number}`,
  reg_id: `KNP-${number}`,
  status: 'live',
  name: { en: 'Golghar Crossing', hi: 'गोलघर चौराहा' },
  jurisdiction: { name: { en: 'West', hi: 'पश्चिम' } },
});
const answer = (part: Partial<SearchAnswer>): SearchAnswer => ({
  cameras: [],
  premises: [],
  places: [],
  totals: { cameras: 0, premises: 0, places: 0 },
  totals_most: 600,
  similar: false,
  ...part,
});
const found = answer({
  cameras: [camera(1), camera(2)] as SearchAnswer['cameras'],
  places: [
    { path: 'up.kanpur', name: { en: 'Kanpur', hi: 'कानपुर' }, level: 'city', lon: 80.3, lat: 26.4 },
    { path: 'up.kanpur.west', name: { en: 'West', hi: 'पश्चिम' }, level: 'zone', lon: null, lat: null },
  ] as SearchAnswer['places'],
  totals: { cameras: 600, premises: 0, places: 2 },
});
const more: MoreAnswer = {
  groups: [
    {
      kind: 'unit',
      name: { en: 'Units', hi: 'इकाइयाँ' },
      total: 5,
      items: [{ id: 'u', title: { en: 'Chetak 7', hi: 'चेतक 7' }, note: '', to: '/dispatch?unit=u' }],
    },
  ],
};
const groups = (one?: SearchAnswer, other?: MoreAnswer) =>
  groupsOf(one, other, 'gol ghar', (key) => key, { name: (name) => name?.en ?? '' });

describe('what was found, by group', () => {
  it('begins with cameras, leaves out what is empty, and says how many there are in all', () => {
    expect(groups(found, more).map(({ kind, total, atLeast }) => [kind, total, atLeast ?? false])).toEqual([
      ['camera', 600, true],
      ['place', 2, false],
      ['unit', 5, false],
    ]);
  });

  it('leads to each, to a place on the map where it has one, and to the table of all cameras', () => {
    const [cameras, places, units] = groups(found, more);
    expect(cameras?.hits[0]?.to).toBe('/cameras/c1');
    expect(cameras?.table).toBe('/cameras?q=gol%20ghar');
    expect(places?.hits.map((one) => one.to)).toEqual([
      '/?jurisdiction=up.kanpur&at=80.3,26.4,14',
      '/cameras?jurisdiction=up.kanpur.west',
    ]);
    expect(units?.hits[0]?.to).toBe('/dispatch?unit=u');
  });

  it('offers no table for what is only similar: it is not in there', () => {
    expect(groups({ ...found, similar: true })[0]).not.toHaveProperty('table');
  });

  it('is nothing as long as nothing was answered', () => {
    expect(groups(undefined, undefined)).toEqual([]);
  });
});

describe('lines and keys', () => {
  const group = { kind: 'camera', hits: Array.from({ length: 20 }, (_, at) => ({ id: `${at}` })) } as HitGroup;

  it('shows the first few of a group until it is opened', () => {
    expect(shownOf(group, new Set())).toHaveLength(SHOWN);
    expect(shownOf(group, new Set(['camera']))).toHaveLength(20);
  });

  it('moves from no line to the last and back to no line', () => {
    expect(moved(NONE, 1, 3)).toBe(0);
    expect(moved(2, 1, 3)).toBe(2);
    expect(moved(0, -1, 3)).toBe(NONE);
    expect(moved(NONE, 1, 0)).toBe(NONE);
  });

  it('proposes each word alone where there are several', () => {
    expect(single('golghar chauraha')).toEqual(['golghar', 'chauraha']);
    expect(single('गोलघर')).toEqual([]);
    expect(single('a गोलघर गोलघर')).toEqual([]);
  });
});
