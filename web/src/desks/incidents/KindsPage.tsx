import { Button, NumberInput, Select, SimpleGrid, Switch, Table, Text, TextInput } from '@mantine/core';
import { IconClock, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useMe } from '@/api/queries';
import { FormModal } from '@/desks/works/FormModal';
import { BilingualInput, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import classes from './incidents.module.css';
import { kindsQuery } from './queries';
import { CLOCKS, SEVERITIES, type Kind, type KindLimits } from './types';

type Open = { what: 'kind' | 'clocks'; kind: Kind | null } | null;

/** Kinds of incidents: how severe they begin, their procedure, and the seconds that their clocks allow. */
export function Component() {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const mayEdit = useMe()?.grants.some((one) => one.jurisdiction.path === '' && one.agency === null) ?? false;
  const { data, error, refetch } = useQuery(kindsQuery);
  const [open, setOpen] = useState<Open>(null);
  const seconds = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : format.length(value * 1000);
  return (
    <Page
      padded
      title={t('kinds.title')}
      note={t('kinds.note')}
      actions={
        mayEdit && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setOpen({ what: 'kind', kind: null })}>
            {t('kinds.new')}
          </Button>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={8} />
      ) : (
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing="xs" fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('field.kind')}</Table.Th>
                <Table.Th>{t('kinds.begins')}</Table.Th>
                {SEVERITIES.map((one) => (
                  <Table.Th key={one}>{t(`severity.${one}`)}</Table.Th>
                ))}
                <Table.Th>{t('kinds.since')}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((kind) => (
                <Table.Tr key={kind.code} data-inactive={!kind.active || undefined} className={classes.kindRow ?? ''}>
                  <Table.Td>
                    <b>{format.name(kind.name)}</b>
                    {!kind.active && <span className={classes.faint}> · {t('kinds.inactive')}</span>}
                  </Table.Td>
                  <Table.Td>{t(`severity.${kind.severity}`)}</Table.Td>
                  {SEVERITIES.map((severity) => (
                    <Table.Td key={severity} className={classes.limits ?? ''}>
                      {CLOCKS.map((clock) => (
                        <div key={clock} title={t(`clock.${clock}`)}>
                          <span className={classes.faint}>{t(`clock_short.${clock}`)}</span>{' '}
                          {seconds(kind.limits[severity][clock])}
                        </div>
                      ))}
                    </Table.Td>
                  ))}
                  <Table.Td>
                    {kind.valid_from ? format.date(Date.parse(kind.valid_from)) : '–'}
                    <div className={classes.faint}>{kind.source}</div>
                  </Table.Td>
                  <Table.Td>
                    {mayEdit && (
                      <div className={classes.actions}>
                        <Button
                          size="compact-xs"
                          variant="default"
                          leftSection={<IconClock size={12} />}
                          onClick={() => setOpen({ what: 'clocks', kind })}
                        >
                          {t('kinds.clocks')}
                        </Button>
                        <Button
                          size="compact-xs"
                          variant="default"
                          leftSection={<IconPencil size={12} />}
                          onClick={() => setOpen({ what: 'kind', kind })}
                        >
                          {t('kinds.edit')}
                        </Button>
                      </div>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {open?.what === 'kind' && <KindForm kind={open.kind} onClose={() => setOpen(null)} />}
      {open?.what === 'clocks' && open.kind && <ClocksForm kind={open.kind} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function KindForm({ kind, onClose }: { kind: Kind | null; onClose: () => void }) {
  const { t } = useTranslation('incidents');
  const client = useQueryClient();
  const [code, setCode] = useState(kind?.code ?? '');
  const [values, setValues] = useState({
    name: kind?.name ?? { en: '', hi: '' },
    severity: kind?.severity ?? 'medium',
    procedure: kind?.procedure ?? '',
    sort: kind?.sort ?? 100,
    active: kind?.active ?? true,
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  return (
    <FormModal
      askWhy
      title={t(kind ? 'kinds.edit' : 'kinds.new')}
      submit={t('save')}
      onClose={onClose}
      onSend={async (reason) => {
        await api.put(`/incident-kinds/${code.trim() || '-'}`, {
          ...values,
          procedure: values.procedure || null,
          edited_ms: kind?.edited_ms ?? 0,
          reason,
        });
        await client.invalidateQueries({ queryKey: kindsQuery.queryKey });
      }}
    >
      {(errors) => (
        <>
          {!kind && (
            <TextInput
              required
              label={t('kinds.code')}
              description={t('kinds.code_hint')}
              value={code}
              error={errors.code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          <BilingualInput
            required
            label={t('field.kind')}
            value={values.name}
            error={errors['name.hi'] ?? errors['name.en']}
            onChange={(name) => change({ name })}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              allowDeselect={false}
              label={t('kinds.begins')}
              data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
              value={values.severity}
              onChange={(next) => change({ severity: (next ?? values.severity) as Kind['severity'] })}
            />
            <TextInput
              label={t('kinds.procedure')}
              value={values.procedure}
              error={errors.procedure}
              onChange={(event) => change({ procedure: event.currentTarget.value })}
            />
            <NumberInput
              label={t('kinds.sort')}
              min={0}
              max={10_000}
              value={values.sort}
              onChange={(next) => change({ sort: Number(next) || 0 })}
            />
          </SimpleGrid>
          <Switch
            label={t('kinds.active')}
            checked={values.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
        </>
      )}
    </FormModal>
  );
}

function ClocksForm({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { t } = useTranslation('incidents');
  const client = useQueryClient();
  const [limits, setLimits] = useState<KindLimits>(kind.limits);
  const [from, setFrom] = useState(() => new Date(Date.now() + 330 * 60_000).toISOString().slice(0, 10));
  return (
    <FormModal
      askWhy
      title={t('kinds.clocks')}
      submit={t('save')}
      onClose={onClose}
      onSend={async (source) => {
        await api.post(`/incident-kinds/${kind.code}/clocks`, { valid_from: from, limits, source });
        await client.invalidateQueries({ queryKey: kindsQuery.queryKey });
      }}
    >
      {(errors) => (
        <>
          <Text size="sm">{t('kinds.clocks_hint')}</Text>
          <TextInput
            type="date"
            label={t('kinds.valid_from')}
            value={from}
            error={errors.valid_from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          {SEVERITIES.map((severity) => (
            <SimpleGrid key={severity} cols={3} spacing="sm">
              {CLOCKS.map((clock) => (
                <NumberInput
                  key={clock}
                  min={5}
                  max={2_592_000}
                  label={`${t(`severity.${severity}`)}: ${t(`clock.${clock}`)}`}
                  suffix={` ${t('kinds.seconds')}`}
                  value={limits[severity][clock] ?? ''}
                  error={errors[`limits.${severity}.${clock}`]}
                  onChange={(next) =>
                    setLimits((before) => ({
                      ...before,
                      [severity]: { ...before[severity], [clock]: next === '' ? null : Number(next) },
                    }))
                  }
                />
              ))}
            </SimpleGrid>
          ))}
        </>
      )}
    </FormModal>
  );
}
