import { Checkbox, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '@/api/client';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import type { Name } from '@/api/types';
import { FormModal } from '@/desks/works/FormModal';
import { BilingualInput, useFormat } from '@/kit';
import type { Screen } from './types';

interface Props {
  /** Missing: a new one. */
  screen?: Screen;
  onClose: () => void;
  onDone: (screen: Screen) => void;
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
const CORNER = { x: 0, y: 0, w: 1, h: 1 };

/** What hangs where, what it may show, and which alarms come to it by themselves. */
export function ScreenForm({ screen, onClose, onDone }: Props) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const [setup, setSetup] = useState(screen?.setup ?? 0);
  const [name, setName] = useState<Name>(screen?.name ?? { en: '', hi: '' });
  const [place, setPlace] = useState(screen?.place ?? '');
  const [area, setArea] = useState<string | null>(screen?.jurisdiction ?? null);
  const [agency, setAgency] = useState(screen?.agency ?? '');
  const [columns, setColumns] = useState<number | string>(screen?.columns ?? 3);
  const [rows, setRows] = useState<number | string>(screen?.rows ?? 2);
  const [language, setLanguage] = useState<string>(screen?.language ?? 'hi');
  const [severity, setSeverity] = useState<string>(screen?.alarm_severity ?? '');
  const [x, y, w, h] = screen?.reserved ?? [];
  const [tiles, setTiles] = useState<Record<keyof typeof CORNER, number | string>>(
    x === undefined ? CORNER : { x, y: y ?? 0, w: w ?? 1, h: h ?? 1 },
  );
  const [seconds, setSeconds] = useState<number | string>(screen?.alarm_for_s ?? 60);
  const [active, setActive] = useState(screen?.active ?? true);
  const [meanwhile, setMeanwhile] = useState(false);

  const send = async (reason: string) => {
    const body = {
      name,
      place,
      jurisdiction: area ?? '',
      agency,
      columns: Number(columns),
      rows: Number(rows),
      language,
      reserved: severity ? [Number(tiles.x), Number(tiles.y), Number(tiles.w), Number(tiles.h)] : null,
      alarm_severity: severity,
      alarm_for_s: Number(seconds),
      reason,
    };
    if (!screen) {
      onDone(await api.post<Screen>('/screens', body));
      return;
    }
    try {
      onDone(await api.put<Screen>(`/screens/${screen.id}`, { ...body, active, setup }));
    } catch (error) {
      // Somebody else edited in between: what was typed stays, a second press overwrites theirs knowingly.
      const present = error instanceof ApiError && error.code === 'changed' ? (error.present as Screen) : null;
      if (present) {
        setSetup(present.setup);
        setMeanwhile(true);
        onDone(present);
      }
      throw error;
    }
  };
  const number = (label: string, value: number | string, onChange: (value: number | string) => void, most: number) => (
    <NumberInput min={1} max={most} allowDecimal={false} label={label} value={value} onChange={onChange} />
  );
  return (
    <FormModal
      askWhy
      title={screen ? t('form.edit', { screen: format.name(screen.name) }) : t('screens.add')}
      submit={t('do_save')}
      busy={!name.en.trim() || !name.hi.trim() || area === null}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          {meanwhile && (
            <Text size="sm" c="yellow" role="status">
              {t('form.meanwhile')}
            </Text>
          )}
          <BilingualInput required label={t('form.name')} value={name} error={errors.name} onChange={setName} />
          <TextInput
            label={t('form.place')}
            value={place}
            maxLength={200}
            error={errors.place}
            onChange={(event) => setPlace(event.currentTarget.value)}
          />
          <Group grow align="start">
            <Select
              required
              searchable
              label={t('form.area')}
              description={t('form.area_hint')}
              data={areas.map((one) => ({ value: one.path, label: format.name(one.name) }))}
              value={area}
              error={errors.jurisdiction}
              onChange={setArea}
            />
            <Select
              allowDeselect={false}
              label={t('form.agency')}
              description={t('form.agency_hint')}
              data={[
                { value: '', label: t('form.agency_all') },
                ...agencies.map((one) => ({ value: one.code, label: format.name(one.name) })),
              ]}
              value={agency}
              error={errors.agency}
              onChange={(next) => setAgency(next ?? '')}
            />
          </Group>
          <Group grow align="start">
            {number(t('form.columns'), columns, setColumns, 8)}
            {number(t('form.rows'), rows, setRows, 8)}
            <Select
              allowDeselect={false}
              label={t('form.language')}
              data={[
                { value: 'hi', label: 'हिन्दी' },
                { value: 'en', label: 'English' },
              ]}
              value={language}
              onChange={(next) => setLanguage(next ?? 'hi')}
            />
          </Group>
          <Select
            allowDeselect={false}
            label={t('form.alarms')}
            description={t('form.alarms_hint')}
            data={[
              { value: '', label: t('form.no_alarms') },
              ...SEVERITIES.map((one) => ({
                value: one,
                label: t('form.from', { severity: t(`alarms:severity.${one}`) }),
              })),
            ]}
            value={severity}
            onChange={(next) => setSeverity(next ?? '')}
          />
          {severity && (
            <>
              <Group grow align="start">
                {number(
                  t('form.first_column'),
                  Number(tiles.x) + 1,
                  (to) => setTiles({ ...tiles, x: Number(to) - 1 }),
                  8,
                )}
                {number(t('form.first_row'), Number(tiles.y) + 1, (to) => setTiles({ ...tiles, y: Number(to) - 1 }), 8)}
                {number(t('form.wide'), tiles.w, (to) => setTiles({ ...tiles, w: to }), 8)}
                {number(t('form.high'), tiles.h, (to) => setTiles({ ...tiles, h: to }), 8)}
              </Group>
              {errors.reserved && (
                <Text size="xs" c="red">
                  {errors.reserved}
                </Text>
              )}
              <NumberInput
                min={5}
                max={86_400}
                allowDecimal={false}
                label={t('form.alarm_for')}
                value={seconds}
                error={errors.alarm_for_s}
                onChange={setSeconds}
              />
            </>
          )}
          {screen && (
            <Checkbox label={t('form.active')} checked={active} onChange={() => setActive((before) => !before)} />
          )}
        </>
      )}
    </FormModal>
  );
}
