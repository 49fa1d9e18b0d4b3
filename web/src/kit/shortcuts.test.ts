import { expect, it } from 'vitest';
import { KeyReader } from './shortcuts';

const shortcut = (keys: string, id = 1) => ({ id, keys, label: keys, run: () => undefined });
const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more });

it('finds a letter, and a letter with Ctrl', () => {
  const reader = new KeyReader();
  const all = [shortcut('n'), shortcut('mod+k')];
  expect(reader.find(press('n'), all)?.keys).toBe('n');
  expect(reader.find(press('k'), all)).toBeUndefined();
  expect(reader.find(press('k', { ctrlKey: true }), all)?.keys).toBe('mod+k');
});

it('finds two keys one after the other', () => {
  const reader = new KeyReader();
  const all = [shortcut('g m'), shortcut('m')];
  expect(reader.find(press('g'), all)).toBeUndefined();
  expect(reader.find(press('m'), all)?.keys).toBe('g m');
  expect(reader.find(press('m'), all)?.keys).toBe('m');
});

it('leaves letters to somebody who types', () => {
  const input = document.createElement('input');
  document.body.append(input);
  let found;
  input.addEventListener('keydown', (event) => {
    found = new KeyReader().find(event, [shortcut('n')]);
  });
  input.dispatchEvent(press('n', { bubbles: true }));
  expect(found).toBeUndefined();
});

it('prefers the page that was opened last', () => {
  expect(new KeyReader().find(press('e'), [shortcut('e', 1), shortcut('e', 2)])?.id).toBe(2);
});
