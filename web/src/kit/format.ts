/** Numbers, dates and lengths as an Indian reader writes them: lakh and crore groups, IST, 24 hours. */
import type { Language } from '@/i18n';

export type Numerals = 'latn' | 'deva';
export interface FormatOptions {
  language: Language;
  numerals: Numerals;
}

const ZONE = 'Asia/Kolkata';
const locale = ({ language, numerals }: FormatOptions) => `${language}-IN-u-nu-${numerals}`;

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  let found = cache.get(key) as T | undefined;
  if (!found) cache.set(key, (found = make()));
  return found;
}

/** 1234567 -> "12,34,567". */
export function formatNumber(value: number, options: FormatOptions, digits = 0): string {
  const tag = locale(options);
  return cached(`n${tag}${digits}`, () => new Intl.NumberFormat(tag, { maximumFractionDigits: digits })).format(value);
}

function dateParts(time_ms: number, options: FormatOptions): Record<string, string> {
  const tag = locale(options);
  const format = cached(
    `d${tag}`,
    () =>
      new Intl.DateTimeFormat(tag, {
        timeZone: ZONE,
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      }),
  );
  return Object.fromEntries(format.formatToParts(time_ms).map((part) => [part.type, part.value]));
}

/** "22 Nov 2026" / "22 नव॰ 2026". */
export function formatDate(time_ms: number, options: FormatOptions): string {
  const { day, month, year } = dateParts(time_ms, options);
  return `${day} ${month} ${year}`;
}

/** "14:05:09", or "14:05" without seconds, in IST. */
export function formatTime(time_ms: number, options: FormatOptions, seconds = true): string {
  const { hour, minute, second } = dateParts(time_ms, options);
  return seconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
}

/** Time alone for today, date and time otherwise. */
export function formatWhen(time_ms: number, options: FormatOptions, now_ms = Date.now()): string {
  const day = formatDate(time_ms, options);
  const time = formatTime(time_ms, options);
  return day === formatDate(now_ms, options) ? time : `${day}, ${time}`;
}

export function formatDateTime(time_ms: number, options: FormatOptions): string {
  return `${formatDate(time_ms, options)}, ${formatTime(time_ms, options)}`;
}

const UNITS: [string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** Largest whole unit of a length of time: {unit: "minute", count: 3}; the words are in kit's i18n `length.*`. */
export function lengthOf(duration_ms: number): { unit: string; count: number } {
  for (const [unit, size] of UNITS) if (duration_ms >= size) return { unit, count: Math.floor(duration_ms / size) };
  return { unit: 'second', count: 0 };
}

/** "1.4 GB": decimal units, as disks are sold. */
export function formatBytes(bytes: number, options: FormatOptions): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const step = bytes < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${formatNumber(value, options, value < 10 && step > 0 ? 1 : 0)} ${names[step]}`;
}

const COMPASS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
/** Nearest of eight compass points for a bearing in degrees from north; words in kit's i18n `compass.*`. */
export function compassOf(bearing_deg: number): (typeof COMPASS)[number] {
  return COMPASS[Math.round((((bearing_deg % 360) + 360) % 360) / 45) % 8] ?? 'n';
}
