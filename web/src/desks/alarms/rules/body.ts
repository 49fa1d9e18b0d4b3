/** A rule as the editor holds it, and the sentence that says it. */
import type { TFunction } from 'i18next';
import type { Format } from '@/kit';
import type { RuleBody, RuleForm, RuleMatch } from '../types';

export const GROUPS: RuleBody['group_by'][] = ['camera', 'subject', 'site', 'jurisdiction', 'rule', 'each'];
export const OPERATORS = ['==', '!=', '<', '<=', '>', '>=', 'in', 'contains'] as const;
export type Condition = RuleMatch['where'][number];
export type Hours = RuleMatch['hours'][number];

export const emptyMatch = (): RuleMatch => ({
  types: [],
  jurisdictions: [],
  agencies: [],
  owner_classes: [],
  cameras: [],
  sources: [],
  where: [],
  hours: [],
  confidence_least: null,
});

export const emptyBody = (): RuleBody => ({
  name: { en: '', hi: '' },
  severity: 'medium',
  match: emptyMatch(),
  count: 1,
  window_s: 60,
  group_by: 'camera',
  group_s: 120,
  also: [],
  also_elsewhere: true,
  also_within_m: null,
  suppress: [],
  suppress_s: 0,
  flood_per_minute: 60,
  assign_agency: '',
  assign_post: '',
  incident_kind: '',
  test: false,
});

/** A rule as the API tells it has what its version left out filled in. */
export function filled(body: Pick<RuleForm, 'name' | 'severity' | 'match'> & Partial<RuleForm>): RuleBody {
  const match = (one: RuleForm['match']): RuleMatch => ({ ...emptyMatch(), ...one });
  return {
    ...emptyBody(),
    ...body,
    match: match(body.match),
    also: (body.also ?? []).map(match),
    suppress: (body.suppress ?? []).map(match),
  };
}

/** What was typed as a condition's value: a number where it reads as one, a list behind "in". */
export function readValue(operator: string, text: string): Condition[2] {
  const plain = (one: string) => {
    const trimmed = one.trim();
    if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
    return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
  };
  if (operator === 'in')
    return text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
      .map(plain);
  return plain(text);
}

export const writeValue = (value: Condition[2]): string => (Array.isArray(value) ? value.join(', ') : String(value));

export const clock = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const minuteOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};

/** The same stretch on all of these days, as the editor shows it; null: the hours are more than that. */
export function oneStretch(hours: Hours[]): { days: number[]; from: number; to: number } | null {
  const [first] = hours;
  if (!first) return null;
  if (hours.some((one) => one[1] !== first[1] || one[2] !== first[2])) return null;
  return { days: hours.map((one) => one[0]), from: first[1], to: first[2] };
}

interface Names {
  t: TFunction<'alarms'>;
  format: Format;
  area: (path: string) => string;
  agency: (code: string) => string;
  ownerClass: (code: string) => string;
}

const typeName = (t: TFunction<'alarms'>, type: string): string =>
  t(`types.${type.replaceAll('.', '_').replace('_*', '_any')}`, { defaultValue: type });

/** "Intrusion in West zone between 22:00 and 06:00" */
export function matchWords(match: RuleMatch, { t, format, area, agency, ownerClass }: Names): string {
  const list = (items: string[]) => new Intl.ListFormat(`${format.language}-IN`, { type: 'disjunction' }).format(items);
  const parts = [list(match.types.map((type) => typeName(t, type))) || t('alarms:say.nothing')];
  if (match.where.length > 0)
    parts.push(
      match.where
        .map(([path, operator, value]) =>
          t(`say.where.${OPERATORS.indexOf(operator)}`, {
            path: conditionName(t, path),
            value: conditionValue(t, value),
          }),
        )
        .join(', '),
    );
  if (match.jurisdictions.length > 0) parts.push(t('alarms:say.in', { what: list(match.jurisdictions.map(area)) }));
  if (match.agencies.length > 0) parts.push(t('alarms:say.of', { what: list(match.agencies.map(agency)) }));
  if (match.owner_classes.length > 0)
    parts.push(t('alarms:say.class', { what: list(match.owner_classes.map(ownerClass)) }));
  if (match.cameras.length > 0)
    parts.push(t('alarms:say.cameras', { count: match.cameras.length, number: format.number(match.cameras.length) }));
  if (match.sources.length > 0) parts.push(t('alarms:say.sources', { what: list(match.sources) }));
  if (match.confidence_least !== null && match.confidence_least !== undefined)
    parts.push(t('alarms:say.confidence', { number: format.number(match.confidence_least * 100) }));
  const stretch = oneStretch(match.hours);
  if (stretch) {
    parts.push(t('alarms:say.between', { from: clock(stretch.from), to: clock(stretch.to) }));
    if (stretch.days.length < 7)
      parts.push(t('alarms:say.days', { days: stretch.days.map((day) => t(`days.${day}`)).join(', ') }));
  } else if (match.hours.length > 0) parts.push(t('alarms:say.hours'));
  return parts.join(' ');
}

const conditionName = (t: TFunction<'alarms'>, path: string): string =>
  t(`fields.${path.replaceAll('.', '_')}`, { defaultValue: path });
const conditionValue = (t: TFunction<'alarms'>, value: Condition[2]): string =>
  (Array.isArray(value) ? value : [value])
    .map((one) => t(`values.${String(one).toLowerCase()}`, { defaultValue: String(one) }))
    .join(', ');

/** The whole rule as sentences. */
export function ruleWords(body: RuleBody, names: Names): string[] {
  const { t, format } = names;
  const what = matchWords(body.match, names);
  const number = format.number(body.count);
  const seconds = format.length(body.window_s * 1000);
  const said = [
    body.count > 1
      ? t('alarms:say.when_many', { what, number, seconds, group: t(`group.${body.group_by}`) })
      : t('alarms:say.when', { what, group: t(`group.${body.group_by}`) }),
  ];
  for (const one of body.also)
    said.push(
      t(body.also_elsewhere ? 'say.also_elsewhere' : 'say.also', { what: matchWords(one, names), seconds }) +
        (body.also_within_m ? ` ${t('alarms:say.within', { number: format.number(body.also_within_m) })}` : ''),
    );
  for (const one of body.suppress)
    said.push(t('alarms:say.unless', { what: matchWords(one, names), seconds: format.length(body.suppress_s * 1000) }));
  said.push(t('alarms:say.then', { severity: t(`severity.${body.severity}`) }));
  if (body.group_s > 0 && body.group_by !== 'each')
    said.push(t('alarms:say.join', { seconds: format.length(body.group_s * 1000) }));
  if (body.assign_agency || body.assign_post)
    said.push(
      t('alarms:say.to', {
        whom: [body.assign_agency && names.agency(body.assign_agency), body.assign_post].filter(Boolean).join(', '),
      }),
    );
  if (body.test) said.push(t('alarms:say.test'));
  return said;
}
