/** Dates and times as people here type them, read without asking the browser's own idea of them. */

const MONTHS: Record<string, number> = {};
const NAMES = [
  ['jan', 'जन'],
  ['feb', 'फ़र', 'फर'],
  ['mar', 'मार्च'],
  ['apr', 'अप्रै'],
  ['may', 'मई'],
  ['jun', 'जून'],
  ['jul', 'जुल'],
  ['aug', 'अग'],
  ['sep', 'सित'],
  ['oct', 'अक्टू', 'अक्तू'],
  ['nov', 'नव'],
  ['dec', 'दिस'],
];
NAMES.forEach((names, at) => names.forEach((name) => (MONTHS[name] = at + 1)));

/** Devanagari digits as Latin ones. */
export function latinDigits(text: string): string {
  return text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

function monthOf(word: string): number | null {
  const lower = word.toLowerCase();
  for (const [name, month] of Object.entries(MONTHS)) if (lower.startsWith(name)) return month;
  return null;
}

/** "22-11-2026", "22/11/26", "22 Nov 2026", "22 नव॰ 2026", "2026-11-22" -> "2026-11-22"; null when it is no date. */
export function readDate(text: string): string | null {
  const parts = latinDigits(text.trim())
    .split(/[\s./,-]+/)
    .filter(Boolean);
  if (parts.length !== 3) return null;
  const [first = '', middle = '', last = ''] = parts;
  const month = /^\d+$/.test(middle) ? Number(middle) : monthOf(middle);
  const [day, year] = first.length === 4 ? [Number(last), Number(first)] : [Number(first), Number(last)];
  if (!month || !Number.isInteger(day) || !Number.isInteger(year)) return null;
  const full = year < 100 ? 2000 + year : year;
  const at = new Date(Date.UTC(full, month - 1, day));
  if (at.getUTCFullYear() !== full || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || full < 1970)
    return null;
  return at.toISOString().slice(0, 10);
}

/** "14:05", "14.05.09", "1405", "140509" -> "14:05:00"; null when it is no time of day (24 hours). */
export function readTime(text: string): string | null {
  const plain = latinDigits(text.trim());
  const found = /^(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?$/.exec(plain) ?? /^(\d{2})(\d{2})(\d{2})?$/.exec(plain);
  if (!found) return null;
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
}
