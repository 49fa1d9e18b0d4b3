import { Button, Group, Modal, NumberInput, Select, Stack, Switch, TextInput, Textarea } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { BilingualInput, DataTable, EmptyState, ErrorState, LoadingRows, useFormat, type Column } from '@/kit';
import { Failure } from '../parts/Failure';
import classes from '../programme.module.css';
import { ranksQuery } from '../queries';
import type { Rank } from '../types';
import { useSend } from '../useSend';

const SERVICES = ['police', 'revenue', 'municipal', 'education', 'excise', 'other'] as const;

/** Ranks of all services with their level: equal levels are equal before the rule of the least rank. */
export function Ranks({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const [editing, setEditing] = useState<Rank | 'new' | null>(null);
  const { data, error, refetch } = useQuery(ranksQuery);
  const columns = useMemo<Column<Rank>[]>(
    () => [
      { id: 'level', header: t('rank.level'), width: '80px', align: 'end', render: (row) => format.number(row.level) },
      { id: 'name', header: t('officer.rank'), width: 'minmax(200px, 2fr)', render: (row) => format.name(row.name) },
      { id: 'service', header: t('rank.service'), width: '140px', render: (row) => t(`service.${row.service}`) },
      {
        id: 'active',
        header: t('rank.active'),
        width: '100px',
        render: (row) => t(row.active ? 'rule.yes' : 'rule.no'),
      },
    ],
    [format, t],
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <div className={classes.listed}>
      {mayEdit && (
        <Group p={8} px={12}>
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
            {t('rank.add')}
          </Button>
        </Group>
      )}
      <div className={classes.table}>
        <DataTable
          label={t('rule.list.ranks')}
          columns={columns}
          rows={data}
          rowId={(row) => row.code}
          {...(mayEdit ? { onOpen: setEditing } : {})}
          empty={<EmptyState title={t('rank.none')} />}
        />
      </div>
      {editing && <RankForm rank={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

function RankForm({ rank, onClose }: { rank: Rank | null; onClose: () => void }) {
  const { t } = useTranslation('programme');
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const [code, setCode] = useState('');
  const [name, setName] = useState(rank?.name ?? { en: '', hi: '' });
  const [level, setLevel] = useState<number | string>(rank?.level ?? 40);
  const [service, setService] = useState<string>(rank?.service ?? 'police');
  const [active, setActive] = useState(rank?.active ?? true);
  const [reason, setReason] = useState('');
  const submit = () =>
    send(async () => {
      if (rank) await api.patch(`/ranks/${rank.code}`, { name, level, service, active, reason: reason.trim() });
      else await api.post('/ranks', { code: code.trim(), name, level, service, reason: reason.trim() });
      await client.invalidateQueries({ queryKey: ['programme', 'ranks'] });
      onClose();
    });
  return (
    <Modal opened onClose={onClose} title={t(rank ? 'rank.edit' : 'rank.add')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          {!rank && (
            <TextInput
              label={t('rule.code')}
              description={t('rank.code_hint')}
              required
              value={code}
              error={errors.code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          <BilingualInput
            label={t('officer.rank')}
            required
            value={name}
            error={errors['name.hi'] ?? errors['name.en']}
            onChange={setName}
          />
          <NumberInput
            label={t('rank.level')}
            description={t('rank.level_hint')}
            required
            min={1}
            max={200}
            allowDecimal={false}
            value={level}
            error={errors.level}
            onChange={setLevel}
          />
          <Select
            label={t('rank.service')}
            allowDeselect={false}
            data={SERVICES.map((one) => ({ value: one, label: t(`service.${one}`) }))}
            value={service}
            onChange={(next) => setService(next ?? 'other')}
          />
          {rank && (
            <Switch
              label={t('rank.active')}
              checked={active}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
          )}
          <Textarea
            label={t('kit:reason_dialog.label')}
            required={rank !== null}
            autosize
            value={reason}
            error={errors.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('task.do.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
