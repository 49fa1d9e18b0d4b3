import type { TFunction } from 'i18next';
import type { Format } from '@/kit';
import type { Clash, Entry } from '../types';

/** What speaks against a roster, in a sentence that names people and days. */
export function clashText(clash: Clash, entries: readonly Entry[], t: TFunction<'shifts'>, format: Format): string {
  const named = clash.entries
    .map((id) => entries.find((one) => one.id === id))
    .filter((one): one is Entry => one !== undefined);
  const [first, last] = [named[0], named.at(-1)];
  return t(`clash.${clash.kind}`, {
    name: first?.person.name ?? '',
    other: last?.person.name ?? '',
    post: first?.post ?? '',
    posts: [...new Set(named.map((one) => one.post))].join(', '),
    day: first ? format.date(first.from_ms) : '',
    hours: format.number(clash.hours, 1),
  });
}
