import { expect, test } from 'vitest';
import { compareVersions, newestFor } from './versions';

test('versions are compared number by number', () => {
  expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
  expect(compareVersions('1.2', '1.2.0')).toBe(0);
  expect(compareVersions('1.0.1', '1.1')).toBeLessThan(0);
});

test('a site is offered the newest that is newer, not withdrawn and not chosen', () => {
  const releases = [
    { id: 'a', version: '1.1.0', withdrawn_ms: null },
    { id: 'b', version: '1.10.0', withdrawn_ms: null },
    { id: 'c', version: '1.11.0', withdrawn_ms: 5 },
  ];
  expect(newestFor({ version: '1.0.0', chosen_version: '' }, releases)?.id).toBe('b');
  expect(newestFor({ version: '1.0.0', chosen_version: '1.10.0' }, releases)?.id).toBe('a');
  expect(newestFor({ version: '1.10.0', chosen_version: '' }, releases)).toBeUndefined();
  expect(newestFor({ version: '', chosen_version: '' }, releases)).toBeUndefined();
});
