import { Alert, Anchor, Button, Group, Modal, Select, SimpleGrid, Table, Text, TextInput } from '@mantine/core';
import { IconMail, IconPrinter } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { codedQuery, jurisdictionsQuery, useCan } from '@/api/queries';
import { newId, useFormat } from '@/kit';
import { dayMs, today } from '../works/days';
import { FormModal } from '../works/FormModal';
import { Cards } from './Cards';
import classes from './outreach.module.css';
import type { Conversion, Letter, LetterPreview, LetterRun, Template } from './types';

const PURPOSES = ['encourage', 'request', 'remind', 'thank'] as const;
/** Steps at which writing still makes sense, by purpose: what the filter begins with. */
const FIRST_STEPS: Record<(typeof PURPOSES)[number], string> = {
  encourage: 'listed,asked,promised',
  request: 'listed,asked,installed',
  remind: 'asked,promised',
  thank: 'consented,surveyed',
};

/** The register of letters, what came of them, and writing new ones. */
export function Letters() {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const mayEdit = useCan('outreach.edit');
  const [purpose, setPurpose] = useState<string | null>(null);
  const [overdue, setOverdue] = useState(false);
  const [writing, setWriting] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  return (
    <>
      <ConversionTable />
      <Cards<Letter>
        of="letters"
        path="/outreach/letters"
        query={{ purpose: purpose ?? undefined, overdue: overdue ? 'true' : undefined }}
        icon={IconMail}
        none={t('letter.none')}
        hint={t('letter.none_hint')}
        add={mayEdit ? { label: t('letter.write'), onClick: () => setWriting(true) } : undefined}
        filters={
          <>
            <Select
              size="xs"
              w={190}
              clearable
              aria-label={t('letter.purpose')}
              placeholder={t('letter.purpose')}
              data={PURPOSES.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
              value={purpose}
              onChange={setPurpose}
            />
            <Button size="xs" variant={overdue ? 'filled' : 'default'} onClick={() => setOverdue(!overdue)}>
              {t('letter.overdue')}
            </Button>
          </>
        }
      >
        {(row) => (
          <div className={classes.card}>
            <span className={classes.head}>
              <span className={classes.name}>
                {row.number} · {format.name(row.premises.name)}
              </span>
              <Group gap={10}>
                {mayEdit && !row.sent_on && (
                  <Anchor component="button" type="button" size="sm" onClick={() => setSending(row.run_id)}>
                    {t('letter.mark_sent')}
                  </Anchor>
                )}
                <Anchor size="sm" href={`/api/v1/outreach/letter-runs/${row.run_id}/pdf`} target="_blank">
                  <IconPrinter size={14} aria-hidden /> {t('letter.pdf')}
                </Anchor>
              </Group>
            </span>
            <span className={classes.faint}>
              {[
                format.name(row.name),
                format.date(dayMs(row.dated_on)),
                row.sent_on
                  ? t('letter.sent', { day: format.date(dayMs(row.sent_on)), how: t(`sent_by.${row.sent_by}`) })
                  : t('letter.not_sent'),
                row.follow_up_on && t('letter.follow_up', { day: format.date(dayMs(row.follow_up_on)) }),
                row.overdue && t('letter.overdue'),
                row.step && t(`step.${row.step}`),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
        )}
      </Cards>
      {writing && <WriteForm onClose={() => setWriting(false)} />}
      {sending && <SentForm run={sending} onClose={() => setSending(null)} />}
    </>
  );
}

function ConversionTable() {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['outreach-letters', 'conversion'],
    queryFn: () => api.get<Conversion>('/outreach/letters/conversion'),
  });
  if (!data?.items.length) return null;
  const share = (part: number, of: number) =>
    `${format.number(part)}${of > 0 ? ` (${format.number((part / of) * 100)}%)` : ''}`;
  return (
    <>
      <Table.ScrollContainer minWidth={520}>
        <Table fz="sm" aria-label={t('conversion.title')}>
          <Table.Thead>
            <Table.Tr>
              {['purpose', 'premises', 'sent', 'consented', 'installed', 'refused'].map((one) => (
                <Table.Th key={one} ta={one === 'purpose' ? 'start' : 'end'}>
                  {t(`conversion.${one}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((one) => (
              <Table.Tr key={one.purpose}>
                <Table.Td>{t(`purpose.${one.purpose}`)}</Table.Td>
                <Table.Td ta="end">{format.number(one.premises)}</Table.Td>
                <Table.Td ta="end">{format.number(one.sent)}</Table.Td>
                <Table.Td ta="end">{share(one.consented, one.premises)}</Table.Td>
                <Table.Td ta="end">{share(one.installed, one.premises)}</Table.Td>
                <Table.Td ta="end">{share(one.refused, one.premises)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mb="sm">
        {t('conversion.honest')}
      </Text>
    </>
  );
}

function SentForm({ run, onClose }: { run: string; onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const client = useQueryClient();
  const [values, setValues] = useState({ sent_on: today(), sent_by: 'hand', follow_up_on: '' });
  const send = async () => {
    const { follow_up_on, ...rest } = values;
    await api.post(`/outreach/letter-runs/${run}/sent`, { ...rest, follow_up_on: follow_up_on || null });
    await client.invalidateQueries({ queryKey: ['outreach-letters'] });
  };
  return (
    <FormModal title={t('letter.mark_sent')} submit={t('save')} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <Text size="sm">{t('letter.run_hint')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <TextInput
              type="date"
              label={t('letter.sent_on')}
              required
              max={today()}
              value={values.sent_on}
              error={errors.sent_on}
              onChange={(event) => setValues({ ...values, sent_on: event.currentTarget.value })}
            />
            <Select
              label={t('letter.sent_by')}
              required
              data={['hand', 'post', 'mail', 'message'].map((one) => ({ value: one, label: t(`sent_by.${one}`) }))}
              value={values.sent_by}
              onChange={(sent_by) => sent_by && setValues({ ...values, sent_by })}
            />
            <TextInput
              type="date"
              label={t('letter.follow_up_on')}
              value={values.follow_up_on}
              error={errors.follow_up_on}
              onChange={(event) => setValues({ ...values, follow_up_on: event.currentTarget.value })}
            />
          </SimpleGrid>
        </>
      )}
    </FormModal>
  );
}

/** Whom to write to, how it reads, how many: then all of it at once. */
function WriteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const client = useQueryClient();
  const templates = useQuery({
    queryKey: ['outreach', 'letter-templates'],
    queryFn: async () => (await api.get<{ items: Template[] }>('/outreach/letter-templates')).items,
  }).data;
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const places = useQuery(jurisdictionsQuery()).data ?? [];
  const [run] = useState(newId);
  const [values, setValues] = useState({
    template: '',
    language: 'hi',
    step: '',
    owner_class: '',
    jurisdiction: '',
    not_written_days: 30,
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const chosen = templates?.find((one) => one.code === values.template);
  const preview = useQuery({
    queryKey: ['outreach-letters', 'preview', values],
    queryFn: () => api.post<LetterPreview>('/outreach/letters/preview', values),
    enabled: values.template !== '',
  });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const [written, setWritten] = useState<LetterRun | null>(null);
  const write = async () => {
    setBusy(true);
    setFailure('');
    try {
      setWritten(await api.post<LetterRun>('/outreach/letters', { ...values, run_id: run }));
      await client.invalidateQueries({ queryKey: ['outreach-letters'] });
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (written)
    return (
      <Modal opened onClose={onClose} title={t('letter.write')}>
        <Text>
          {t('letter.written', {
            count: written.letters,
            number: format.number(written.letters),
            first: written.first_number,
            last: written.last_number,
          })}
        </Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button
            component="a"
            href={`/api/v1/outreach/letter-runs/${written.run_id}/pdf`}
            target="_blank"
            leftSection={<IconPrinter size={14} />}
          >
            {t('letter.pdf')}
          </Button>
        </Group>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} size="xl" title={t('letter.write')}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        <Select
          label={t('letter.template')}
          required
          data={(templates ?? [])
            .filter((one) => one.active)
            .map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={values.template || null}
          onChange={(template) => {
            const of = templates?.find((one) => one.code === template);
            if (of) change({ template: of.code, step: FIRST_STEPS[of.purpose] });
          }}
        />
        <Select
          label={t('letter.language')}
          data={[
            { value: 'hi', label: 'हिन्दी' },
            { value: 'en', label: 'English' },
          ]}
          value={values.language}
          onChange={(language) => language && change({ language })}
        />
        <Select
          label={t('letter.step')}
          clearable
          data={['listed', 'asked', 'promised', 'installed', 'refused'].map((one) => ({
            value: one,
            label: t(`step.${one}`),
          }))}
          placeholder={values.step.includes(',') ? t('letter.steps_of_purpose') : t('all')}
          value={values.step.includes(',') ? null : values.step || null}
          onChange={(step) => change({ step: step ?? (chosen ? FIRST_STEPS[chosen.purpose] : '') })}
        />
        <Select
          label={t('letter.owner_class')}
          clearable
          searchable
          placeholder={t('all')}
          data={owners.map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={values.owner_class || null}
          onChange={(owner_class) => change({ owner_class: owner_class ?? '' })}
        />
        <Select
          label={t('letter.place')}
          clearable
          searchable
          placeholder={t('all')}
          data={places
            .filter((one) => one.path && one.level !== 'ward')
            .map((one) => ({ value: one.path, label: format.name(one.name) }))}
          value={values.jurisdiction || null}
          onChange={(jurisdiction) => change({ jurisdiction: jurisdiction ?? '' })}
        />
        <TextInput
          label={t('letter.not_written_days')}
          inputMode="numeric"
          value={String(values.not_written_days)}
          onChange={(event) => change({ not_written_days: Number(event.currentTarget.value.replace(/\D/g, '')) || 0 })}
        />
      </SimpleGrid>
      {preview.error && (
        <Alert color="red" variant="light" mt="sm" role="alert">
          {sentenceOf(preview.error)}
        </Alert>
      )}
      {preview.data && (
        <>
          <Text fw={600} mt="md">
            {preview.data.too_many
              ? t('letter.too_many', { number: format.number(preview.data.most) })
              : t('letter.count', { count: preview.data.count, number: format.number(preview.data.count) })}
          </Text>
          {preview.data.items.map((one) => (
            <div key={one.premises.id} className={classes.letter} lang={values.language}>
              <b>{one.subject}</b>
              <p className={classes.words}>{one.body}</p>
              {chosen && <div>{values.language === 'hi' ? chosen.signatory.hi : chosen.signatory.en}</div>}
            </div>
          ))}
        </>
      )}
      {failure && (
        <Alert color="red" variant="light" mt="sm" role="alert">
          {failure}
        </Alert>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('kit:cancel')}
        </Button>
        <Button
          loading={busy}
          disabled={!preview.data?.count || preview.data.too_many || preview.isFetching}
          onClick={() => void write()}
        >
          {t('letter.write')}
        </Button>
      </Group>
    </Modal>
  );
}
