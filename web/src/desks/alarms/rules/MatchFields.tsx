import {
  ActionIcon,
  Button,
  Chip,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVENT_TYPES, type RuleMatch } from '../types';
import { clock, minuteOf, oneStretch, OPERATORS, readValue, writeValue, type Condition } from './body';
import classes from './rules.module.css';
import { useNames } from './useNames';

interface Props {
  match: RuleMatch;
  onChange: (match: RuleMatch) => void;
  /** Errors of this match, by field. */
  errors: Record<string, string>;
  disabled: boolean;
  /** Path within which it may match. */
  area: string;
}

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const NIGHT: [number, number] = [22 * 60, 6 * 60];

/** Which events: "When … with … in … between … and …". */
export function MatchFields({ match, onChange, errors, disabled, area }: Props) {
  const names = useNames();
  const { t } = useTranslation('alarms');
  const { format } = names;
  const set = (part: Partial<RuleMatch>) => onChange({ ...match, ...part });
  const types = [...new Set([...EVENT_TYPES, ...match.types])];
  const inside = names.areas.filter(
    (one) => one.path && (!area || one.path === area || one.path.startsWith(`${area}.`)),
  );
  return (
    <Stack gap="sm">
      <div className={classes.line2}>
        <span className={classes.word}>{t('edit.when')}</span>
        <MultiSelect
          className={classes.grow}
          searchable
          disabled={disabled}
          aria-label={t('edit.types')}
          placeholder={match.types.length ? '' : t('edit.types')}
          data={types.map((one) => ({
            value: one,
            label: t(`types.${one.replaceAll('.', '_').replace('_*', '_any')}`, { defaultValue: one }),
          }))}
          value={match.types}
          error={errors.types}
          onChange={(next) => set({ types: next })}
        />
      </div>
      {match.where.map((condition, at) => (
        <ConditionLine
          key={at}
          condition={condition}
          disabled={disabled}
          error={errors.where}
          onChange={(next) => set({ where: match.where.map((one, other) => (other === at ? next : one)) })}
          onRemove={() => set({ where: match.where.filter((_, other) => other !== at) })}
        />
      ))}
      <div className={classes.line2}>
        <span className={classes.word}>{t('edit.in')}</span>
        <MultiSelect
          className={classes.grow}
          searchable
          clearable
          disabled={disabled}
          aria-label={t('edit.areas')}
          placeholder={match.jurisdictions.length ? '' : t('edit.anywhere')}
          data={inside.map((one) => ({ value: one.path, label: format.name(one.name) }))}
          value={match.jurisdictions}
          error={errors.jurisdictions}
          onChange={(next) => set({ jurisdictions: next })}
        />
        <span className={classes.word}>{t('edit.at')}</span>
        <MultiSelect
          className={classes.grow}
          searchable
          clearable
          disabled={disabled}
          aria-label={t('edit.owner_classes')}
          placeholder={match.owner_classes.length ? '' : t('edit.any_place')}
          data={names.classes.map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={match.owner_classes}
          error={errors.owner_classes}
          onChange={(next) => set({ owner_classes: next })}
        />
      </div>
      <HoursLine match={match} disabled={disabled} onChange={(hours) => set({ hours })} error={errors.hours} />
      <Group gap="sm" align="end">
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={disabled}
          leftSection={<IconPlus size={13} />}
          onClick={() => set({ where: [...match.where, ['text', 'contains', '']] })}
        >
          {t('edit.add_condition')}
        </Button>
        <NumberInput
          size="xs"
          w={170}
          min={0}
          max={100}
          suffix=" %"
          disabled={disabled}
          label={t('edit.confidence')}
          value={
            match.confidence_least === null || match.confidence_least === undefined
              ? ''
              : Math.round(match.confidence_least * 100)
          }
          onChange={(next) => set({ confidence_least: next === '' ? null : Number(next) / 100 })}
        />
        <TagsInput
          size="xs"
          miw={200}
          disabled={disabled}
          label={t('edit.sources')}
          value={match.sources}
          error={errors.sources}
          onChange={(next) => set({ sources: next })}
        />
        {match.cameras.length > 0 && (
          <Button size="compact-xs" variant="default" disabled={disabled} onClick={() => set({ cameras: [] })}>
            {t('edit.cameras', { count: match.cameras.length, number: format.number(match.cameras.length) })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function ConditionLine({
  condition: [path, operator, value],
  onChange,
  onRemove,
  disabled,
  error,
}: {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
  disabled: boolean;
  error: string | undefined;
}) {
  const { t } = useTranslation('alarms');
  // What is typed stays as it is typed: "2." is on its way to 2.5.
  const [text, setText] = useState(writeValue(value));
  return (
    <div className={classes.line2}>
      <span className={classes.word}>{t('edit.and')}</span>
      <TextInput
        disabled={disabled}
        aria-label={t('edit.field')}
        value={path}
        error={error}
        onChange={(event) => onChange([event.currentTarget.value, operator, value])}
      />
      <Select
        w={130}
        allowDeselect={false}
        disabled={disabled}
        aria-label={t('edit.operator')}
        data={OPERATORS.map((one, at) => ({ value: one, label: t(`operators.${at}`) }))}
        value={operator}
        onChange={(next) => {
          const chosen = (next ?? '==') as Condition[1];
          onChange([path, chosen, readValue(chosen, text)]);
        }}
      />
      <TextInput
        className={classes.grow}
        disabled={disabled}
        aria-label={t('edit.value')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onChange([path, operator, readValue(operator, event.currentTarget.value)]);
        }}
      />
      <ActionIcon variant="subtle" color="gray" disabled={disabled} aria-label={t('edit.remove')} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

function HoursLine({
  match,
  onChange,
  disabled,
  error,
}: {
  match: RuleMatch;
  onChange: (hours: RuleMatch['hours']) => void;
  disabled: boolean;
  error: string | undefined;
}) {
  const { t } = useTranslation('alarms');
  const stretch = oneStretch(match.hours);
  if (!stretch && match.hours.length > 0)
    return (
      <Group gap="sm">
        <Text size="sm">{t('say.hours')}</Text>
        <Button size="compact-xs" variant="default" disabled={disabled} onClick={() => onChange([])}>
          {t('edit.any_time')}
        </Button>
      </Group>
    );
  if (!stretch)
    return (
      <Group gap="sm">
        <span className={classes.word}>{t('edit.any_time')}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={disabled}
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange(DAYS.map((day) => [day, ...NIGHT]))}
        >
          {t('edit.add_hours')}
        </Button>
      </Group>
    );
  const { days, from, to } = stretch;
  const put = (next: typeof stretch) => onChange(next.days.map((day) => [day, next.from, next.to]));
  const time = (minute: number, label: string, onTime: (minute: number) => void) => (
    <input
      className={classes.time}
      type="time"
      aria-label={label}
      disabled={disabled}
      value={clock(minute)}
      onChange={(event) => event.currentTarget.value && onTime(minuteOf(event.currentTarget.value))}
    />
  );
  return (
    <div className={classes.line2}>
      <span className={classes.word}>{t('edit.between')}</span>
      {time(from, t('edit.from'), (minute) => put({ days, from: minute, to }))}
      <span className={classes.word}>{t('edit.until')}</span>
      {time(to, t('edit.to'), (minute) => put({ days, from, to: minute }))}
      <Chip.Group
        multiple
        value={days.map(String)}
        onChange={(next) => put({ days: next.map(Number).sort((a, b) => a - b), from, to })}
      >
        <Group gap={4}>
          {DAYS.map((day) => (
            <Chip key={day} size="xs" value={String(day)} disabled={disabled}>
              {t(`days.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={disabled}
        aria-label={t('edit.any_time')}
        onClick={() => onChange([])}
      >
        <IconTrash size={16} />
      </ActionIcon>
      {error && (
        <Text size="xs" c="red">
          {error}
        </Text>
      )}
    </div>
  );
}
