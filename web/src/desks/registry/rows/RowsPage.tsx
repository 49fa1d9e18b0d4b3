import { Alert, Button, Checkbox, Group, Modal, Select, Stack, Tabs, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, useCan, type CodedList, type CodedRow } from '@/api/queries';
import { BilingualInput, DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import classes from '../cameras/CamerasPage.module.css';
import { changedFields } from '../camera/CameraForm';

const LISTS = ['owner-classes', 'place-classes', 'departments', 'agencies'] as const satisfies CodedList[];
type List = (typeof LISTS)[number];
const isList = (text: string | null): text is List => LISTS.some((list) => list === text);

/** The short lists that everything else refers to: edited here, never constants in code. */
export function Component() {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('list');
  const list: List = isList(asked) ? asked : 'owner-classes';
  const mayEdit = useCan('registry.edit');
  const [editing, setEditing] = useState<CodedRow | 'new' | null>(null);
  const { data, error, refetch } = useQuery(codedQuery(list));
  const columns = useMemo<Column<CodedRow>[]>(() => {
    const all: Column<CodedRow>[] = [
      {
        id: 'hi',
        header: t('kit:in_hindi', { label: t('fact.name') }),
        width: 'minmax(180px, 1.5fr)',
        render: (row) => row.name.hi,
      },
      {
        id: 'en',
        header: t('kit:in_english', { label: t('fact.name') }),
        width: 'minmax(180px, 1.5fr)',
        render: (row) => row.name.en,
      },
      { id: 'code', header: t('rows.code'), width: '160px', render: (row) => row.code },
      {
        id: 'active',
        header: t('rows.active'),
        width: '100px',
        render: (row) => t(row.active === false ? 'no' : 'yes'),
      },
    ];
    if (list === 'owner-classes')
      all.push({
        id: 'public',
        header: t('rows.public'),
        width: '140px',
        render: (row) => t(row.public ? 'yes' : 'no'),
      });
    if (list === 'place-classes')
      all.push({
        id: 'retention',
        header: t('fact.retention'),
        width: '150px',
        render: (row) =>
          row.retention_days
            ? t('days', { count: row.retention_days, number: format.number(row.retention_days) })
            : '–',
      });
    if (list === 'departments')
      all.push({ id: 'agency', header: t('fact.agency'), width: '160px', render: (row) => row.agency ?? '' });
    return all;
  }, [format, list, t]);
  return (
    <Page
      title={t('rows.title')}
      actions={
        <Group gap={8}>
          <Button size="xs" variant="default" component={Link} to="/vendor-templates">
            {t('devices:templates.title')}
          </Button>
          {mayEdit && (
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
              {t('rows.add')}
            </Button>
          )}
        </Group>
      }
    >
      <div className={classes.layout}>
        <Tabs value={list} onChange={(next) => setSearch({ list: next ?? list })}>
          <Tabs.List>
            {LISTS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`rows.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <div className={classes.table}>
          {error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <LoadingRows />
          ) : (
            <DataTable
              label={t(`rows.${list}`)}
              columns={columns}
              rows={data}
              rowId={(row) => row.code}
              {...(mayEdit ? { onOpen: setEditing } : {})}
              empty={<EmptyState title={t('rows.none')} />}
            />
          )}
        </div>
      </div>
      {editing && <RowForm list={list} row={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function RowForm({ list, row, onClose }: { list: List; row: CodedRow | null; onClose: () => void }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const client = useQueryClient();
  const before = {
    code: row?.code ?? '',
    name: row?.name ?? { en: '', hi: '' },
    active: row?.active ?? true,
    ...(list === 'owner-classes' ? { public: row?.public ?? false } : {}),
    ...(list === 'place-classes' ? { retention_class: row?.retention_class ?? null } : {}),
    ...(list === 'departments' ? { agency: row?.agency ?? null } : {}),
  };
  const [values, setValues] = useState(before);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const change = (part: Partial<typeof before>) => setValues((now) => ({ ...now, ...part }));
  const retention = useQuery({ ...codedQuery('retention-classes'), enabled: list === 'place-classes' }).data ?? [];
  const agencies = useQuery({ ...codedQuery('agencies'), enabled: list === 'departments' }).data ?? [];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailure('');
    // An agency is in use from the start; it is only ever taken out of use later.
    const { active, ...rest } = values;
    const fresh = list === 'agencies' ? rest : { ...rest, active };
    try {
      if (row) await api.patch(`/${list}/${row.code}`, { ...changedFields(before, values), reason: reason.trim() });
      else await api.post(`/${list}`, fresh);
      await client.invalidateQueries({ queryKey: ['coded', list] });
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={row ? format.name(row.name) : t('rows.add')}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <BilingualInput
            label={t('fact.name')}
            value={values.name}
            error={errors.name}
            onChange={(name) => change({ name })}
            required
          />
          <TextInput
            label={t('rows.code')}
            description={t('rows.code_hint')}
            required
            readOnly={row !== null}
            error={errors.code}
            value={values.code}
            onChange={(event) => change({ code: event.currentTarget.value })}
          />
          {list === 'departments' && (
            <Select
              label={t('fact.agency')}
              data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.agency ?? null}
              error={errors.agency}
              onChange={(agency) => change({ agency })}
            />
          )}
          {list === 'place-classes' && (
            <Select
              label={t('rows.retention_class')}
              clearable
              data={retention.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.retention_class ?? null}
              error={errors.retention_class}
              onChange={(retention_class) => change({ retention_class })}
            />
          )}
          {list === 'owner-classes' && (
            <Checkbox
              label={t('rows.public_long')}
              checked={values.public ?? false}
              onChange={(event) => change({ public: event.currentTarget.checked })}
            />
          )}
          <Checkbox
            label={t('rows.active_long')}
            checked={values.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
          {row && (
            <TextInput
              label={t('kit:reason_dialog.label')}
              description={t('kit:reason_dialog.description')}
              error={errors.reason}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
