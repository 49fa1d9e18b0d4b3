import { expect, it } from 'vitest';
import { croreOf, moneyOf, paiseOfCrore } from './money';

it('speaks of crore, lakh and rupees', () => {
  expect(moneyOf(178_00_00_000_00)).toEqual({ value: 178, unit: 'crore' });
  expect(moneyOf(4_50_000_00)).toEqual({ value: 4.5, unit: 'lakh' });
  expect(moneyOf(12_000_00)).toEqual({ value: 12_000, unit: 'rupees' });
  expect(moneyOf(0)).toEqual({ value: 0, unit: 'rupees' });
});

it('takes typed crore to paise without a paisa lost', () => {
  expect(paiseOfCrore('178')).toBe(178_000_000_000);
  expect(paiseOfCrore('0.1')).toBe(100_000_000);
  expect(paiseOfCrore('1,234.56')).toBe(1_234_560_000_000);
  for (const wrong of ['', ' ', 'x', '-1', 'Infinity']) expect(paiseOfCrore(wrong)).toBeNull();
  for (const paise of [1_000_000_000, 123_450_000_000]) expect(paiseOfCrore(croreOf(paise))).toBe(paise);
});
