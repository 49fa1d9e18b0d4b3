import { ActionIcon, Button, Group, Input, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Weekday (0 = Monday), from minute, to minute of local time; an end before the start lies on the next day. */
export type Stretch = [weekday: number, fromMinute: number, toMinute: number];

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const EVENING: [number, number] = [20 * 60, 6 * 60];

interface Props {
  value: Stretch[];
  error?: string | undefined;
  onChange: (value: Stretch[]) => void;
}

/** When in the week a camera is recorded. */
export function WeekSchedule({ value, error, onChange }: Props) {
  const { t } = useTranslation('registry');
  const set = (index: number, stretch: Stretch) => onChange(value.map((one, at) => (at === index ? stretch : one)));
  return (
    <Input.Wrapper label={t('schedule.label')} description={t('schedule.to_hint')} error={error}>
      <Stack gap={6} mt={6}>
        {value.map(([weekday, from, to], index) => (
          <Group key={index} gap={8} wrap="nowrap" align="center">
            <Select
              aria-label={t('schedule.day')}
              data={DAYS.map((day) => ({ value: String(day), label: t(`schedule.days.${day}`) }))}
              value={String(weekday)}
              onChange={(day) => day !== null && set(index, [Number(day), from, to])}
              w={150}
            />
            <TextInput
              type="time"
              aria-label={t('schedule.from')}
              value={clock(from)}
              onChange={(event) => set(index, [weekday, minutes(event.currentTarget.value, from) % 1440, to])}
            />
            <TextInput
              type="time"
              aria-label={t('schedule.to')}
              value={clock(to % 1440)}
              onChange={(event) => set(index, [weekday, from, minutes(event.currentTarget.value, to) || 1440])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('schedule.remove')}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap={8}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...value, [nextDay(value), ...EVENING]])}
          >
            {t('schedule.add')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              const [, from, to] = value[0] ?? [0, ...EVENING];
              onChange(DAYS.map((day) => [day, from, to]));
            }}
          >
            {t('schedule.every_day')}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

const nextDay = (value: Stretch[]): number => ((value[value.length - 1]?.[0] ?? -1) + 1) % 7;

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** A half-typed time is empty: what was there stays. */
function minutes(text: string, before: number): number {
  const [hours, rest] = text.split(':').map(Number);
  return hours === undefined || rest === undefined || Number.isNaN(hours + rest) ? before : hours * 60 + rest;
}
