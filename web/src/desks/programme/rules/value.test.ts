import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { editText, typedValue, valueText } from './value';

const t = ((key: string, fallback?: string) =>
  key === 'rule.word.sunday' ? 'Sunday' : (fallback ?? key)) as unknown as TFunction<'programme'>;
const format = { number: (value: number) => `#${value}` };

describe('a value of a rule', () => {
  it('reads as people say it', () => {
    expect(valueText(7, t, format)).toBe('#7');
    expect(valueText(null, t, format)).toBe('programme:rule.off');
    expect(valueText(['sunday'], t, format)).toBe('Sunday');
    expect(valueText([], t, format)).toBe('programme:rule.nothing');
    expect(valueText('additional_sp', t, format)).toBe('additional_sp');
  });
  it.each([
    ['12', 7, 12],
    ['', 7, null],
    ['18:30', '17:00', '18:30'],
    ['sunday, saturday', ['sunday'], ['sunday', 'saturday']],
    ['', ['sunday'], []],
    ['true', false, true],
    ['{"a": 1}', { b: 2 }, { a: 1 }],
    ['not json', { b: 2 }, 'not json'],
    ['many', 7, 'many'],
  ])('%j is taken as the rule holds it', (typed, like, taken) => {
    expect(typedValue(typed, like)).toEqual(taken);
  });
  it.each([7, null, 'keep', ['sunday', 'monday']])('%j comes back from the field unchanged', (value) => {
    expect(typedValue(editText(value), value)).toEqual(value);
  });
});
