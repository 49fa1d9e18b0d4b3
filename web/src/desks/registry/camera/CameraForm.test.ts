import { expect, it } from 'vitest';
import { changedFields } from './CameraForm';

it('only what was touched is written', () => {
  const before = { name: { en: 'Gate', hi: 'द्वार' }, bearing_deg: 40, ward: null as string | null };
  expect(changedFields(before, { ...before })).toEqual({});
  expect(changedFields(before, { ...before, name: { en: 'Gate 1', hi: 'द्वार' } })).toEqual({
    name: { en: 'Gate 1', hi: 'द्वार' },
  });
  expect(changedFields(before, { ...before, ward: 'w1' })).toEqual({ ward: 'w1' });
});
