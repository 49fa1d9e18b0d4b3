import { Checkbox, Group, NumberInput, PasswordInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { jurisdictionsQuery } from '@/api/queries';
import { PointPicker } from '@/desks/registry/map/PointPicker';
import { FormModal } from '@/desks/works/FormModal';
import { useFormat } from '@/kit';
import { DEVICE_KINDS, isAsked, isDevice, KINDS, type Keyed, type Source, type SourceKind } from './types';

interface Props {
  /** Missing: a new one. */
  source?: Source;
  onClose: () => void;
  onDone: (made?: Keyed) => void;
}

/** `NAME ID` a line, as it is typed and shown. */
const unitsOf = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^\s*(.+?)[\s=]+([0-9a-fA-F-]{36})\s*$/.exec(line))
      .flatMap((found) => (found?.[1] && found[2] ? [[found[1], found[2]]] : [])),
  );

export function SourceForm({ source, onClose, onDone }: Props) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const [kind, setKind] = useState<SourceKind>(source?.kind ?? 'http');
  const [name, setName] = useState(source?.name ?? '');
  const [kinds, setKinds] = useState<string[]>(source?.kinds ?? ['device.panic']);
  const [jurisdiction, setJurisdiction] = useState<string | null>(source?.jurisdiction ?? null);
  const [point, setPoint] = useState<[number, number] | null>(
    source?.lat != null && source.lon != null ? [source.lon, source.lat] : null,
  );
  const [late, setLate] = useState<number | string>(source?.late_s ?? 60);
  const [rate, setRate] = useState<number | string>(source?.per_minute ?? 600);
  const [poll, setPoll] = useState<number | string>(source?.poll_s ?? 30);
  const [url, setUrl] = useState(source?.url ?? '');
  const [credentials, setCredentials] = useState('');
  const [units, setUnits] = useState(
    Object.entries(source?.units ?? {})
      .map(([unit, id]) => `${unit} ${id}`)
      .join('\n'),
  );
  const send = async (reason: string) => {
    const body = {
      name,
      kinds: isDevice(kind) ? kinds : [],
      lat: point?.[1] ?? null,
      lon: point?.[0] ?? null,
      late_s: Number(late),
      per_minute: Number(rate),
      poll_s: Number(poll),
      url,
      credentials,
      units: kind === 'tracker' ? unitsOf(units) : {},
      reason,
    };
    if (source) {
      await api.patch(`/intake/sources/${source.id}`, { ...body, version: source.version });
      onDone();
    } else {
      onDone(await api.post<Keyed>('/intake/sources', { ...body, kind, jurisdiction: jurisdiction ?? '' }));
    }
  };
  return (
    <FormModal
      askWhy
      title={source ? t('form.edit', { name: source.name }) : t('add')}
      submit={t(source ? 'form.save' : 'form.make')}
      busy={!name.trim() || (!source && jurisdiction === null)}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          <TextInput
            required
            label={t('form.name')}
            description={t('form.name_hint')}
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {!source && (
            <>
              <Select
                required
                allowDeselect={false}
                label={t('form.kind')}
                data={KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
                value={kind}
                onChange={(next) => next && setKind(next as SourceKind)}
              />
              <Select
                required
                searchable
                label={t('form.area')}
                description={t('form.area_hint')}
                data={areas.map((one) => ({ value: one.path, label: format.name(one.name) }))}
                value={jurisdiction}
                error={errors.jurisdiction}
                onChange={setJurisdiction}
              />
            </>
          )}
          {isDevice(kind) && (
            <Checkbox.Group label={t('form.kinds')} value={kinds} error={errors.kinds} onChange={setKinds}>
              <Group gap="md" mt={6}>
                {DEVICE_KINDS.map((one) => (
                  <Checkbox key={one} value={one} label={t(`event.${one.replace('.', '_')}`)} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
          {isAsked(kind) && (
            <>
              <TextInput
                required
                type="url"
                label={t('form.url')}
                description={t(`form.url_${kind}`)}
                value={url}
                error={errors.url}
                onChange={(event) => setUrl(event.currentTarget.value)}
              />
              <PasswordInput
                autoComplete="off"
                label={t('form.credentials')}
                description={t(source?.has_credentials ? 'form.credentials_kept' : 'form.credentials_hint')}
                value={credentials}
                error={errors.credentials}
                onChange={(event) => setCredentials(event.currentTarget.value)}
              />
              <NumberInput
                min={1}
                max={86_400}
                allowDecimal={false}
                label={t('form.poll')}
                value={poll}
                error={errors.poll_s}
                onChange={setPoll}
              />
            </>
          )}
          {kind === 'tracker' && (
            <Textarea
              autosize
              minRows={3}
              label={t('form.units')}
              description={t('form.units_hint')}
              value={units}
              error={errors.units}
              onChange={(event) => setUnits(event.currentTarget.value)}
            />
          )}
          <Group grow align="start">
            <NumberInput
              min={1}
              max={86_400}
              allowDecimal={false}
              label={t('form.late')}
              value={late}
              error={errors.late_s}
              onChange={setLate}
            />
            {!isAsked(kind) && (
              <NumberInput
                min={1}
                max={1_000_000}
                allowDecimal={false}
                label={t('form.rate')}
                value={rate}
                error={errors.per_minute}
                onChange={setRate}
              />
            )}
          </Group>
          {kind !== 'tracker' && (
            <Stack gap={4}>
              <Text size="sm" fw={500}>
                {t('form.place')}
              </Text>
              <Text size="xs" c="dimmed">
                {t('form.place_hint')}
              </Text>
              <PointPicker value={point} onChange={setPoint} height={200} />
            </Stack>
          )}
        </>
      )}
    </FormModal>
  );
}
