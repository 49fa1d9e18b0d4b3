/** Details of an entry as fields that people read. Their names say what they hold: _ms a time, _bytes a size. */
import type { Format } from '@/kit';

export interface Words {
  field: (name: string) => string;
  act: (code: string) => string;
  yes: string;
  no: string;
}
export interface Field {
  name: string;
  label: string;
  /** What it holds; or fields of its own. */
  value: string | Field[];
}

const NOTHING = '–';
/** Above this a number of milliseconds is a moment (2001 and later), below it is a length of time. */
const MOMENT_MS = 1_000_000_000_000;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: Record<string, unknown>): value is { en: string; hi: string } =>
  Object.keys(value).sort().join() === 'en,hi' && Object.values(value).every((one) => typeof one === 'string');

export function fieldsOf(details: Record<string, unknown>, words: Words, format: Format): Field[] {
  return Object.entries(details).map(([name, value]) => ({
    name,
    label: words.field(name),
    value: shown(name, value, words, format),
  }));
}

function shown(name: string, value: unknown, words: Words, format: Format): string | Field[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return NOTHING;
    if (!value.some((one) => typeof one === 'object' && one !== null))
      return value.map((one) => plain(name, one, words, format)).join(', ');
    return value.map((one, index) => ({
      name: String(index),
      label: format.number(index + 1),
      value: shown(name, one, words, format),
    }));
  }
  if (isRecord(value)) {
    if (isName(value)) return format.name(value);
    const fields = fieldsOf(value, words, format);
    return fields.length > 0 ? fields : NOTHING;
  }
  return plain(name, value, words, format);
}

function plain(name: string, value: unknown, words: Words, format: Format): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') {
    if (name.endsWith('_ms')) return value >= MOMENT_MS ? format.dateTime(value) : format.length(value);
    if (name.endsWith('_bytes')) return format.bytes(value);
    return format.number(value, Number.isInteger(value) ? 0 : 2);
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  if (name === 'action') return words.act(value);
  if (name.endsWith('_ms') && /^\d{13}$/.test(value)) return format.dateTime(Number(value));
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(Date.parse(`${value}T12:00:00+05:30`));
  return value;
}
