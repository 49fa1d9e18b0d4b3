import { Alert, Button, Group, MultiSelect, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, useMe } from '@/api/queries';
import { useDraft, useFormat, useShortcut } from '@/kit';
import classes from './incidents.module.css';
import { SeverityWord } from './Marks';
import { emptyDraft, useOpening, type Draft } from './opening';
import { PlaceFields } from './PlaceFields';
import { useKinds } from './queries';
import { CHANNELS, SEVERITIES } from './types';

interface Props {
  alarms?: string[];
  /** Why it could not be opened without asking. */
  refused?: unknown;
  /** Of something else than an empty page: what stands there to begin with, where what is typed is kept, where it goes. */
  first?: Partial<Draft>;
  storedAs?: string;
  path?: string;
}

/** Everything that is asked about a new incident. */
export function NewForm({ alarms = [], refused, first, storedAs = 'incident.new', path }: Props) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const me = useMe();
  const kinds = useKinds().filter((one) => one.active);
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const begun = (): Draft => ({ ...emptyDraft(), ...first });
  const { values, change, reset } = useDraft<Draft>(storedAs, begun());
  const { open, failure, sending } = useOpening(path);
  const shown = failure ?? refused;
  const errors = fieldErrors(failure);
  const own = me?.grants.find((one) => one.agency)?.agency?.code ?? '';
  const kind = kinds.find((one) => one.code === values.kind);
  const send = async (take: boolean) => {
    const { point, ...rest } = values;
    const body = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
    const opened = await open({
      ...body,
      ...(point ? { lon: point[0], lat: point[1] } : {}),
      agencies: values.agencies.filter((one) => one !== values.agency),
      alarms,
      take,
    });
    if (opened) reset(begun());
  };
  useShortcut('mod+Enter', t('new.open_and_take'), () => void send(true));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(false);
  };
  return (
    <form onSubmit={submit} className={classes.newForm}>
      <Stack gap="sm">
        <div role="radiogroup" aria-label={t('field.kind')} className={classes.kinds}>
          {kinds.map((one, at) => (
            <button
              key={one.code}
              type="button"
              role="radio"
              aria-checked={one.code === values.kind}
              autoFocus={at === 0}
              className={classes.kindButton}
              onClick={() => change({ kind: one.code, severity: one.severity })}
            >
              {format.name(one.name)}
            </button>
          ))}
        </div>
        {errors.kind && <Alert color="red">{errors.kind}</Alert>}
        <div role="radiogroup" aria-label={t('field.severity')} className={classes.kinds}>
          {SEVERITIES.map((one) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={(values.severity || kind?.severity) === one}
              className={classes.kindButton}
              onClick={() => change({ severity: one })}
            >
              <SeverityWord severity={one} />
            </button>
          ))}
        </div>
        <TextInput
          label={t('field.title')}
          description={t('field.title_hint')}
          maxLength={200}
          value={values.title}
          error={errors.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          autosize
          minRows={3}
          label={t('field.description')}
          maxLength={8000}
          value={values.description}
          error={errors.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <Select
            label={t('field.channel')}
            allowDeselect={false}
            data={CHANNELS.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
            value={values.channel}
            onChange={(next) => change({ channel: next ?? 'other' })}
          />
          <TextInput
            label={t('field.reporter_name')}
            maxLength={200}
            value={values.reporter_name}
            error={errors.reporter_name}
            onChange={(event) => change({ reporter_name: event.currentTarget.value })}
          />
          <TextInput
            type="tel"
            label={t('field.reporter_phone')}
            maxLength={40}
            value={values.reporter_phone}
            error={errors.reporter_phone}
            onChange={(event) => change({ reporter_phone: event.currentTarget.value })}
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Select
            clearable
            label={t('field.agency')}
            placeholder={format.name(agencies.find((one) => one.code === own)?.name) || t('field.agency_hint')}
            data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.agency || null}
            error={errors.agency}
            onChange={(next) => change({ agency: next ?? '' })}
          />
          <MultiSelect
            clearable
            label={t('field.agencies')}
            data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.agencies}
            error={errors.agencies}
            onChange={(next) => change({ agencies: next })}
          />
        </SimpleGrid>
      </Stack>
      <Stack gap="sm">
        <PlaceFields value={values} errors={errors} onChange={change} height={320} />
        {shown !== null && shown !== undefined && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {sentenceOf(shown)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => reset(begun())}>
            {t('new.clear')}
          </Button>
          <Button type="submit" variant="default" loading={sending}>
            {t('new.open')}
          </Button>
          <Button loading={sending} onClick={() => void send(true)}>
            {t('new.open_and_take')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
