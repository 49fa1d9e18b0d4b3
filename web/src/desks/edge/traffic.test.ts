import { expect, test } from 'vitest';
import { totals } from './traffic';

test('bytes of all purposes and hours are added, each way by itself', () => {
  const hours = [
    { hour_ms: 0, up: [1, 2, 3, 0, 0], down: [10, 0, 0, 0, 0] },
    { hour_ms: 3_600_000, up: [4, 0, 0, 0, 0], down: [0, 20, 0, 0, 0] },
  ];
  expect(totals(hours)).toEqual({ up: 10, down: 30 });
  expect(totals([])).toEqual({ up: 0, down: 0 });
});
