import { describe, expect, it } from 'vitest';
import { differences } from './differences';
import type { Pair, Side } from './types';

const format = { name: (name: { en: string } | null | undefined) => name?.en ?? '', number: String };
const side = (more: Partial<Side>): Side => ({
  premises_id: null,
  name: { en: 'Gupta Store', hi: 'गुप्ता स्टोर' },
  owner: '',
  mobile: '',
  address: { en: '', hi: '' },
  police_station: null,
  ward: null,
  owner_class: null,
  department: null,
  cameras: null,
  lat: null,
  lon: null,
  source: 'list.xlsx, 4',
  ...more,
});
const pair = (one: Partial<Side>, other: Partial<Side>) => ({ one: side(one), other: side(other) }) as Pair;

describe('differences', () => {
  it('marks what both say differently, not what only one says', () => {
    const facts = differences(pair({ owner: 'R. Gupta', cameras: 3 }, { owner: 'S. Gupta' }), format);
    expect(facts.filter(({ differs }) => differs).map(({ name }) => name)).toEqual(['owner']);
    expect(facts.find(({ name }) => name === 'cameras')).toMatchObject({ one: '3', other: '', differs: false });
  });
  it('does not mind spaces, marks and capitals', () => {
    const facts = differences(pair({ owner: 'r gupta' }, { owner: 'R. Gupta' }), format);
    expect(facts.some(({ differs }) => differs)).toBe(false);
  });
  it('leaves out what neither says', () => {
    expect(differences(pair({}, {}), format).map(({ name }) => name)).toEqual(['name', 'source']);
  });
});
