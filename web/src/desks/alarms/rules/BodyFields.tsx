import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BilingualInput } from '@/kit';
import { SEVERITIES, type RuleBody, type RuleMatch } from '../types';
import { emptyMatch, GROUPS } from './body';
import { MatchFields } from './MatchFields';
import classes from './rules.module.css';
import { useNames } from './useNames';

interface Props {
  body: RuleBody;
  onChange: (part: Partial<RuleBody>) => void;
  /** By field as the API names them: "body.match.types". */
  errors: Record<string, string>;
  disabled: boolean;
  area: string;
}

/** The fields of a rule in the order of its sentence. */
export function BodyFields({ body, onChange, errors, disabled, area }: Props) {
  const names = useNames();
  const { t } = useTranslation('alarms');
  const of = (name: string) =>
    Object.fromEntries(
      Object.entries(errors)
        .filter(([field]) => field.startsWith(`body.${name}.`))
        .map(([field, text]) => [field.slice(`body.${name}.`.length).split('.')[0] ?? '', text]),
    );
  const error = (name: string) => errors[`body.${name}`];
  const number = (
    name: 'count' | 'window_s' | 'group_s' | 'suppress_s' | 'flood_per_minute',
    least: number,
    width = 92,
  ) => (
    <NumberInput
      w={width}
      min={least}
      max={86_400}
      disabled={disabled}
      aria-label={t(`edit.${name}`)}
      value={body[name]}
      error={error(name)}
      onChange={(next) => next !== '' && onChange({ [name]: Number(next) })}
    />
  );
  return (
    <Stack gap="md">
      <BilingualInput
        label={t('edit.name')}
        disabled={disabled}
        value={body.name}
        error={errors['body.name.hi'] ?? errors['body.name.en']}
        onChange={(name) => onChange({ name })}
      />
      <MatchFields
        match={body.match}
        disabled={disabled}
        area={area}
        errors={of('match')}
        onChange={(match) => onChange({ match })}
      />
      <div className={classes.line2}>
        <span className={classes.word}>{t('edit.happens')}</span>
        {number('count', 1, 74)}
        <span className={classes.word}>{t('edit.times_in')}</span>
        {number('window_s', 1)}
        <span className={classes.word}>{t('edit.seconds_at')}</span>
        <Select
          allowDeselect={false}
          disabled={disabled}
          aria-label={t('edit.group_by')}
          data={GROUPS.map((one) => ({ value: one, label: t(`group.${one}`) }))}
          value={body.group_by}
          onChange={(next) => onChange({ group_by: (next ?? 'camera') as RuleBody['group_by'] })}
        />
      </div>
      <Matches
        title={t('edit.also')}
        add={t('edit.add_also')}
        name="also"
        matches={body.also}
        disabled={disabled}
        area={area}
        errorsOf={of}
        onChange={(also) => onChange({ also })}
      >
        <Group gap="sm">
          <Checkbox
            size="xs"
            disabled={disabled}
            label={t('edit.elsewhere')}
            checked={body.also_elsewhere}
            onChange={(event) => onChange({ also_elsewhere: event.currentTarget.checked })}
          />
          <NumberInput
            size="xs"
            w={150}
            min={1}
            suffix=" m"
            disabled={disabled}
            placeholder={t('edit.any_distance')}
            aria-label={t('edit.within_m')}
            value={body.also_within_m ?? ''}
            onChange={(next) => onChange({ also_within_m: next === '' ? null : Number(next) })}
          />
        </Group>
      </Matches>
      <Matches
        title={t('edit.unless')}
        add={t('edit.add_unless')}
        name="suppress"
        matches={body.suppress}
        disabled={disabled}
        area={area}
        errorsOf={of}
        onChange={(suppress) => onChange({ suppress, suppress_s: body.suppress_s || 30 })}
      >
        <Group gap="sm">
          <span className={classes.word}>{t('edit.suppress_s')}</span>
          {number('suppress_s', 0)}
        </Group>
      </Matches>
      <div className={classes.line2}>
        <span className={classes.word}>{t('edit.then')}</span>
        <Select
          w={150}
          allowDeselect={false}
          disabled={disabled}
          aria-label={t('edit.severity')}
          data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
          value={body.severity}
          onChange={(next) => onChange({ severity: (next ?? 'medium') as RuleBody['severity'] })}
        />
        <span className={classes.word}>{t('edit.more_join')}</span>
        {number('group_s', 0)}
        <span className={classes.word}>{t('edit.seconds_join')}</span>
      </div>
      <div className={classes.line2}>
        <span className={classes.word}>{t('edit.give_to')}</span>
        <Select
          clearable
          disabled={disabled}
          aria-label={t('edit.agency')}
          placeholder={t('edit.events_agency')}
          data={names.agencies.map((one) => ({ value: one.code, label: names.format.name(one.name) }))}
          value={body.assign_agency || null}
          error={error('assign_agency')}
          onChange={(next) => onChange({ assign_agency: next ?? '' })}
        />
        <TextInput
          disabled={disabled}
          aria-label={t('edit.post')}
          placeholder={t('edit.post')}
          value={body.assign_post}
          error={error('assign_post')}
          onChange={(event) => onChange({ assign_post: event.currentTarget.value })}
        />
        <TextInput
          disabled={disabled}
          aria-label={t('edit.incident_kind')}
          placeholder={t('edit.incident_kind')}
          value={body.incident_kind}
          error={error('incident_kind')}
          onChange={(event) => onChange({ incident_kind: event.currentTarget.value })}
        />
      </div>
      <div className={classes.line2}>
        <span className={classes.word}>{t('edit.flood')}</span>
        {number('flood_per_minute', 1)}
        <span className={classes.word}>{t('edit.flood_then')}</span>
        <Checkbox
          disabled={disabled}
          label={t('edit.test')}
          checked={body.test}
          onChange={(event) => onChange({ test: event.currentTarget.checked })}
        />
      </div>
    </Stack>
  );
}

/** Further matches: what must be met as well, or must not. */
function Matches({
  title,
  add,
  name,
  matches,
  onChange,
  errorsOf,
  disabled,
  area,
  children,
}: {
  title: string;
  add: string;
  name: 'also' | 'suppress';
  matches: RuleMatch[];
  onChange: (matches: RuleMatch[]) => void;
  errorsOf: (name: string) => Record<string, string>;
  disabled: boolean;
  area: string;
  children: ReactNode;
}) {
  const { t } = useTranslation('alarms');
  return (
    <div>
      {matches.map((match, at) => (
        <fieldset key={at} className={classes.further}>
          <legend>
            {title}
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              disabled={disabled}
              aria-label={t('edit.remove')}
              onClick={() => onChange(matches.filter((_, other) => other !== at))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </legend>
          <MatchFields
            match={match}
            disabled={disabled}
            area={area}
            errors={errorsOf(`${name}.${at}`)}
            onChange={(next) => onChange(matches.map((one, other) => (other === at ? next : one)))}
          />
        </fieldset>
      ))}
      {matches.length > 0 && children}
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={disabled || matches.length >= 5}
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...matches, emptyMatch()])}
      >
        {add}
      </Button>
    </div>
  );
}
