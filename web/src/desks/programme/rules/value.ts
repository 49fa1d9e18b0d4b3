/** A rule's value as people read it, and back from what they type. */
import type { TFunction } from 'i18next';
import type { Format } from '@/kit';

export function valueText(value: unknown, t: TFunction<'programme'>, format: Pick<Format, 'number'>): string {
  if (value === null || value === undefined || value === '') return t('programme:rule.off');
  if (typeof value === 'number') return format.number(value, 2);
  if (typeof value === 'boolean') return t(value ? 'programme:rule.yes' : 'programme:rule.no');
  if (Array.isArray(value))
    return value.length === 0 ? t('programme:rule.nothing') : value.map((one) => wordOf(String(one), t)).join(', ');
  if (typeof value === 'string') return wordOf(value, t);
  return JSON.stringify(value);
}

/** Week days have a word; other codes stay what they are. */
function wordOf(code: string, t: TFunction<'programme'>): string {
  return t(`rule.word.${code}`, code);
}

/**
 * What was typed, as the rule takes it: nothing is null, a number a number, "a, b" a list where the rule holds one.
 * The server says whether it may be.
 */
export function typedValue(typed: string, like: unknown): unknown {
  const text = typed.trim();
  if (Array.isArray(like))
    return text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
  if (text === '') return null;
  if (typeof like === 'boolean') return text === 'true';
  if (typeof like === 'object' && like !== null) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** What stands in the field before anything is typed. */
export function editText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
