import { Alert, Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Scope } from '../types';

export interface ConsentValues extends Required<Pick<Scope, 'live' | 'record' | 'hours' | 'public_view_only'>> {
  given_by: string;
}

const SHOP_HOURS: [number, number] = [600, 1260];
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minutes = (text: string) => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
};

interface Props {
  values: ConsentValues;
  onChange: (part: Partial<ConsentValues>) => void;
}

/** What the owner allows, read out before they sign. */
export function ConsentFields({ values, onChange }: Props) {
  const { t } = useTranslation('field');
  const window = values.hours[0];
  return (
    <>
      <Alert variant="light">{t('consent.read_out')}</Alert>
      <TextInput
        size="md"
        label={t('consent.given_by')}
        withAsterisk
        maxLength={120}
        value={values.given_by}
        onChange={(event) => onChange({ given_by: event.currentTarget.value })}
      />
      <Radio.Group
        label={t('consent.live')}
        value={values.live}
        onChange={(live) => onChange({ live: live as Scope['live'] })}
      >
        <Stack gap={10} mt={8}>
          {(['yes', 'on_request', 'no'] as const).map((one) => (
            <Radio key={one} value={one} label={t(`consent.live_${one}`)} size="md" />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox
        size="md"
        label={t('consent.record')}
        checked={values.record}
        onChange={(event) => onChange({ record: event.currentTarget.checked })}
      />
      <Checkbox
        size="md"
        label={t('consent.public_view_only')}
        checked={values.public_view_only}
        onChange={(event) => onChange({ public_view_only: event.currentTarget.checked })}
      />
      <Checkbox
        size="md"
        label={t('consent.only_hours')}
        checked={window !== undefined}
        onChange={(event) => onChange({ hours: event.currentTarget.checked ? [SHOP_HOURS] : [] })}
      />
      {window && (
        <Group gap={8}>
          <TextInput
            type="time"
            size="md"
            aria-label={t('consent.from')}
            value={clock(window[0])}
            onChange={(event) => onChange({ hours: [[minutes(event.currentTarget.value), window[1]]] })}
          />
          <Text>–</Text>
          <TextInput
            type="time"
            size="md"
            aria-label={t('consent.to')}
            value={clock(window[1])}
            onChange={(event) => onChange({ hours: [[window[0], minutes(event.currentTarget.value)]] })}
          />
        </Group>
      )}
    </>
  );
}
