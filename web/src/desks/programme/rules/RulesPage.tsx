import { Button, Drawer, Group, Stack, Tabs, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconGavel } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { DataTable, EmptyState, ErrorState, LoadingRows, useFormat, type Column } from '@/kit';
import { Frame } from '../Frame';
import { dayMs } from '../parts/words';
import classes from '../programme.module.css';
import type { Rule, Rules } from '../types';
import { useAddress } from '@/kit/useAddress';
import { Holidays } from './Holidays';
import { Ranks } from './Ranks';
import { RuleForm } from './RuleForm';
import { valueText } from './value';

const NAMES = ['list', 'open'] as const;
const LISTS = ['rules', 'ranks', 'holidays'] as const;
const ON_PHONE = ['name', 'value'];

/** Limits and habits of the centre: dated, with the order behind each; and the lists that go with them. */
export function Component() {
  const { t } = useTranslation('programme');
  const { values, change } = useAddress(NAMES);
  const list = LISTS.find((one) => one === values.list) ?? 'rules';
  const { data, error, refetch } = useQuery({
    queryKey: ['programme', 'rules'],
    queryFn: () => api.get<Rules>('/rules'),
  });
  return (
    <Frame note={t('rule.note')}>
      <div className={classes.listed}>
        <Tabs value={list} onChange={(next) => change({ list: next, open: null })} variant="pills" p={8} px={12}>
          <Tabs.List>
            {LISTS.map((one) => (
              <Tabs.Tab key={one} value={one} size="xs">
                {t(`rule.list.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <div className={classes.table}>
          {error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <LoadingRows rows={12} height={22} />
          ) : list === 'rules' ? (
            <RuleTable rules={data} open={values.open ?? null} onOpen={(open) => change({ open })} />
          ) : list === 'ranks' ? (
            <Ranks mayEdit={data.may_set} />
          ) : (
            <Holidays mayEdit={data.may_set} />
          )}
        </div>
      </div>
    </Frame>
  );
}

interface TableProps {
  rules: Rules;
  open: string | null;
  onOpen: (code: string | null) => void;
}

function RuleTable({ rules, open, onOpen }: TableProps) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const columns = useMemo<Column<Rule>[]>(() => {
    const all: Column<Rule>[] = [
      { id: 'name', header: t('rule.name'), width: 'minmax(240px, 3fr)', render: (row) => format.name(row.name) },
      {
        id: 'value',
        header: t('rule.value'),
        width: 'minmax(110px, 1fr)',
        render: (row) => valueText(row.value, t, format),
      },
      {
        id: 'from',
        header: t('rule.since'),
        width: '140px',
        render: (row) => (row.valid_from ? format.date(dayMs(row.valid_from)) : t('rule.beginning')),
      },
      { id: 'source', header: t('rule.source'), width: 'minmax(160px, 1.5fr)', render: (row) => row.source },
      { id: 'code', header: t('rule.code'), width: 'minmax(160px, 1fr)', render: (row) => row.code },
    ];
    return onPhone ? all.filter(({ id }) => ON_PHONE.includes(id)) : all;
  }, [format, onPhone, t]);
  const one = rules.items.find((rule) => rule.code === open);
  return (
    <>
      <DataTable
        label={t('rule.list.rules')}
        columns={columns}
        rows={rules.items}
        rowId={(row) => row.code}
        onOpen={(row) => onOpen(row.code)}
        empty={<EmptyState icon={IconGavel} title={t('rule.none')} />}
      />
      <Drawer opened={one !== undefined} onClose={() => onOpen(null)} position="right" size="md" title={t('rule.one')}>
        {one && <RulePanel key={one.code} rule={one} maySet={rules.may_set} />}
      </Drawer>
    </>
  );
}

function RulePanel({ rule, maySet }: { rule: Rule; maySet: boolean }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const [setting, setSetting] = useState(false);
  return (
    <Stack gap="md">
      <Text fw={600}>{format.name(rule.name)}</Text>
      <dl className={classes.facts}>
        <dt>{t('rule.value')}</dt>
        <dd>
          <strong>{valueText(rule.value, t, format)}</strong>
        </dd>
        <dt>{t('rule.since')}</dt>
        <dd>{rule.valid_from ? format.date(dayMs(rule.valid_from)) : t('rule.beginning')}</dd>
        <dt>{t('rule.source')}</dt>
        <dd>{rule.source || '–'}</dd>
        <dt>{t('rule.default')}</dt>
        <dd>{valueText(rule.default, t, format)}</dd>
        <dt>{t('rule.code')}</dt>
        <dd>{rule.code}</dd>
      </dl>
      {maySet &&
        (setting ? (
          <RuleForm rule={rule} onClose={() => setSetting(false)} />
        ) : (
          <Group>
            <Button size="xs" onClick={() => setSetting(true)}>
              {t('rule.set')}
            </Button>
          </Group>
        ))}
      <div>
        <h3 className={classes.heading}>{t('ladder.history')}</h3>
        {rule.history.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('rule.never_set')}
          </Text>
        ) : (
          <ul className={classes.trail}>
            {rule.history.map((one) => (
              <li key={one.valid_from}>
                <div>
                  <strong>{valueText(one.value, t, format)}</strong> ·{' '}
                  {t('rule.from_day', { day: format.date(dayMs(one.valid_from)) })}
                </div>
                <small>
                  {one.source} · {one.set_by} · {format.dateTime(one.set_ms)}
                </small>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Stack>
  );
}
