import { describe, expect, it } from 'vitest';
import { firstSite, MAKE, NONE, sitesOf } from './sites';

const gate = { id: 'gate', name: { en: 'Gate', hi: 'द्वार' } };
const hall = { id: 'hall', name: { en: 'Hall', hi: 'कक्ष' } };

describe('sites of a recorder', () => {
  it('names those at which the premises has cameras, the fullest first', () => {
    const sites = sitesOf([{ site: gate }, { site: null }, { site: hall }, { site: hall }]);
    expect(sites.map(({ id }) => id)).toEqual(['hall', 'gate']);
    expect(firstSite(sites, true)).toBe('hall');
  });

  it('makes one where there is none, for who may', () => {
    expect(firstSite([], true)).toBe(MAKE);
    expect(firstSite([], false)).toBe(NONE);
  });
});
