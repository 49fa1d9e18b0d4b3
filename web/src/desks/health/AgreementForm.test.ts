import { expect, test } from 'vitest';
import { stepsOf } from './AgreementForm';

test('steps are read as they are written in contracts', () => {
  expect(stepsOf('98:2, 95 : 5;90:7.5')).toEqual([
    { below_pct: 98, penalty_pct: 2 },
    { below_pct: 95, penalty_pct: 5 },
    { below_pct: 90, penalty_pct: 7.5 },
  ]);
  expect(stepsOf('')).toEqual([]);
  expect(stepsOf('98')).toBeNull();
  expect(stepsOf('98:two')).toBeNull();
});
