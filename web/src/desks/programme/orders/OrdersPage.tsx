import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFileText, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCan } from '@/api/queries';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, useFormat, useShortcut, type Column } from '@/kit';
import { Frame } from '../Frame';
import { Mark } from '../parts/Mark';
import { CLAUSE_TONE, dayMs } from '../parts/words';
import type { GovernmentOrder } from '../types';
import { OrderForm } from './OrderForm';
import own from './Orders.module.css';

const STATES = ['done', 'under_way', 'not_begun', 'late'] as const;
const ON_PHONE = ['number', 'states'];

/** Orders that hold here, and how many of their points are done. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const navigate = useNavigate();
  const manages = useCan('programme.manage');
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const [adding, setAdding] = useState(false);
  const pages = usePages<GovernmentOrder>('government-orders', '/government-orders', {});
  useShortcut('n', t('order.add'), () => setAdding(true), manages);
  const columns = useMemo<Column<GovernmentOrder>[]>(() => {
    const all: Column<GovernmentOrder>[] = [
      { id: 'number', header: t('order.number'), width: 'minmax(130px, 1fr)', render: (row) => row.number },
      { id: 'dated', header: t('order.dated'), width: '130px', render: (row) => format.date(dayMs(row.dated_on)) },
      {
        id: 'subject',
        header: t('order.subject'),
        width: 'minmax(220px, 2.4fr)',
        render: (row) => format.name(row.subject),
      },
      {
        id: 'sender',
        header: t('order.sender'),
        width: 'minmax(160px, 1.4fr)',
        render: (row) => format.name(row.sender),
      },
      {
        id: 'deadline',
        header: t('order.deadline'),
        width: '130px',
        render: (row) => (row.deadline ? format.date(dayMs(row.deadline)) : ''),
      },
      {
        id: 'states',
        header: t('order.points'),
        width: 'minmax(220px, 1.6fr)',
        render: (row) => (
          <span className={own.states}>
            {STATES.filter((state) => row.states[state] > 0).map((state) => (
              <Mark key={state} tone={CLAUSE_TONE[state]}>
                {`${format.number(row.states[state])} ${t(`order.state.${state}`)}`}
              </Mark>
            ))}
          </span>
        ),
      },
    ];
    return onPhone ? all.filter(({ id }) => ON_PHONE.includes(id)) : all;
  }, [format, onPhone, t]);
  return (
    <Frame
      note={
        pages.as_of_ms !== undefined && t('order.count', { count: pages.total, number: format.number(pages.total) })
      }
      actions={
        manages && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {t('order.add')}
          </Button>
        )
      }
    >
      {pages.error && pages.rows.length === 0 ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingRows rows={6} height={22} />
      ) : (
        <DataTable
          label={t('part.orders')}
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={(row) => void navigate(`/programme/orders/${row.id}`)}
          onMore={pages.more}
          hasMore={pages.hasMore}
          empty={
            <EmptyState
              icon={IconFileText}
              title={t('order.none')}
              hint={t(manages ? 'order.none_hint' : 'order.none_hint_reader')}
            />
          }
        />
      )}
      {adding && (
        <OrderForm onClose={() => setAdding(false)} onMade={(id) => void navigate(`/programme/orders/${id}`)} />
      )}
    </Frame>
  );
}
