import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectNamespaces } from './index';

const files = import.meta.glob<Record<string, unknown>>('../**/i18n/{en,hi}.json', { eager: true, import: 'default' });
const { en, hi } = collectNamespaces(files);

function flatten(keys: Record<string, unknown>, before = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(keys)) {
    if (typeof value === 'string') flat.set(before + key, value);
    else for (const entry of flatten(value as Record<string, unknown>, `${before}${key}.`)) flat.set(...entry);
  }
  return flat;
}

const PLURAL = /_(one|other)$/;
/** The owners' own page has no library for words: it asks for what stands under `page` of theirs (useSpeech). */
const OWNERS_PAGE = /^page\./;
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|gen)\.tsx?$/.test(entry.name)
      ? [{ path, text: readFileSync(path, 'utf8') }]
      : [];
  });
}
const code = sources('src');

/** Every string that could be a key: plain ones, and the fixed beginnings of those put together. */
const plain = new Set<string>();
const beginnings: string[] = [];
for (const { text } of code) {
  for (const [, , literal] of text.matchAll(/(['"])([\w:.-]+)\1/g))
    if (literal) plain.add(literal.replace(/^\w+:/, ''));
  for (const [, start] of text.matchAll(/`(?:\w+:)?([\w.-]+[._])\$\{/g)) if (start) beginnings.push(start);
}
const isUsed = (key: string) => {
  const stem = key.replace(PLURAL, '').replace(OWNERS_PAGE, '');
  const group = stem.slice(0, Math.max(stem.lastIndexOf('.'), 0));
  return (
    plain.has(stem) ||
    plain.has(key) ||
    (group.includes('.') && plain.has(group)) || // a component is told the group of its texts
    beginnings.some((start) => stem.startsWith(start))
  );
};

describe('words', () => {
  for (const namespace of new Set([...Object.keys(en), ...Object.keys(hi)])) {
    const english = flatten(en[namespace] ?? {});
    const hindi = flatten(hi[namespace] ?? {});

    it(`${namespace}: the same keys in both languages`, () => {
      expect([...hindi.keys()].sort()).toEqual([...english.keys()].sort());
    });

    it(`${namespace}: the same values to fill in`, () => {
      for (const [key, text] of english) expect([key, holes(hindi.get(key) ?? '')]).toEqual([key, holes(text)]);
    });

    it(`${namespace}: Hindi is in Devanagari`, () => {
      const latin = [...hindi].filter(
        ([, text]) => /[a-z]{3}/i.test(text.replace(/\{\{\w+\}\}/g, '')) && !/[\u0900-\u097F]/.test(text),
      );
      expect(latin).toEqual([]);
    });

    it(`${namespace}: no key is left over`, () => {
      expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
    });
  }

  it('every key asked for is there', () => {
    const missing: string[] = [];
    for (const { path, text } of code) {
      const own = /useTranslation\(\[?'(\w+)'/.exec(text)?.[1] ?? 'kit';
      const isOwners = text.includes("from './words'");
      for (const [, asked = ''] of text.matchAll(/\bt\(\s*'([\w:.-]+)'/g)) {
        const [namespace, key] = isOwners
          ? ['owners', `page.${asked}`]
          : asked.includes(':')
            ? (asked.split(':') as [string, string])
            : [own, asked];
        const keys = flatten(en[namespace] ?? {});
        if (!keys.has(key) && !keys.has(`${key}_one`)) missing.push(`${path}: ${namespace}:${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
