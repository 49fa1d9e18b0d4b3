import { expect, it } from 'vitest';
import { actions, rail } from './routes';

it('no two ways through the console have the same keys', () => {
  const keys = [...rail, ...actions].flatMap((one) => one.keys ?? []);
  expect(keys.filter((one, at) => keys.indexOf(one) !== at)).toEqual([]);
});

it('each way stands on the rail once', () => {
  const ways = rail.map((entry) => entry.to);
  expect(new Set(ways).size).toBe(ways.length);
});
