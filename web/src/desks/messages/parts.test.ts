import { expect, it } from 'vitest';
import { partsOf } from './parts';

it('counts a Latin and a Hindi text by their own lengths', () => {
  expect(partsOf('a'.repeat(160))).toBe(1);
  expect(partsOf('a'.repeat(161))).toBe(2);
  expect(partsOf('क'.repeat(70))).toBe(1);
  expect(partsOf('क'.repeat(71))).toBe(2);
  expect(partsOf('')).toBe(1);
});
