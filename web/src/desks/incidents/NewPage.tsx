import { Alert, Button, Group, MultiSelect, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useNavigationType, useSearchParams } from 'react-router';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, useMe } from '@/api/queries';
import { LoadingRows, newId, Page, useDraft, useFormat, useShortcut } from '@/kit';
import classes from './incidents.module.css';
import { PlaceFields, type Place } from './PlaceFields';
import { incidentQuery, useKinds } from './queries';
import { CHANNELS, SEVERITIES, type Incident } from './types';
import { SeverityWord } from './Marks';

interface Draft extends Place {
  key: string;
  kind: string;
  severity: string;
  title: string;
  description: string;
  channel: string;
  reporter_name: string;
  reporter_phone: string;
  agency: string;
  agencies: string[];
}

const empty = (): Draft => ({
  key: newId(),
  kind: '',
  severity: '',
  title: '',
  description: '',
  point: null,
  address: '',
  jurisdiction: '',
  channel: 'call',
  reporter_name: '',
  reporter_phone: '',
  agency: '',
  agencies: [],
});

/** A new incident. From alarms, chosen a moment ago on their page, it is opened at once and led on. */
export function Component() {
  const { t } = useTranslation('incidents');
  const [search] = useSearchParams();
  const alarms = search.getAll('alarm');
  const byClick = useNavigationType() === 'PUSH';
  return (
    <Page title={t('new.title')} note={alarms.length > 0 ? t('new.from_alarms', { count: alarms.length }) : undefined}>
      {alarms.length > 0 && byClick ? <AtOnce alarms={alarms} /> : <NewForm alarms={alarms} />}
    </Page>
  );
}

/** The click was made on the alarm: nothing more is asked. The key stays the same over a reload. */
function AtOnce({ alarms }: { alarms: string[] }) {
  const name = alarms.join(' ');
  const { values } = useDraft(`incident.of.${name}`, { key: newId() });
  const { open, failure } = useOpening();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void open({ key: values.key, alarms, take: true });
  }, [alarms, open, values.key]);
  if (!failure) return <LoadingRows rows={6} />;
  return <NewForm alarms={alarms} refused={failure} />;
}

function useOpening() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const open = async (body: Record<string, unknown>) => {
    setSending(true);
    setFailure(null);
    try {
      const made = await api.post<Incident>('/incidents', body);
      client.setQueryData(incidentQuery(made.id).queryKey, made);
      void navigate(`/incidents/${made.id}`, { replace: true });
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    } finally {
      setSending(false);
    }
  };
  return { open, failure, sending };
}

function NewForm({ alarms, refused }: { alarms: string[]; refused?: unknown }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const me = useMe();
  const kinds = useKinds().filter((one) => one.active);
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const { values, change, reset } = useDraft<Draft>('incident.new', empty());
  const { open, failure, sending } = useOpening();
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
    if (opened) reset(empty());
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
          <Button variant="default" onClick={() => reset(empty())}>
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
