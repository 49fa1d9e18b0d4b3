import { Button } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCan } from '@/api/queries';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import classes from '../reports.module.css';
import { StateMark } from '../StateMark';
import { DeskTabs } from '../Tabs';
import { noonOf, type MeetingItem } from '../types';
import { useAreaName } from '../useAreaName';
import { NewMeeting } from './NewMeeting';

/** Review meetings, the latest first. */
export function Component() {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const areaName = useAreaName();
  const navigate = useNavigate();
  const mayManage = useCan('meeting.manage');
  const [calling, setCalling] = useState(false);
  const pages = usePages<MeetingItem>('review-meetings', '/review-meetings', {});
  const columns = useMemo<Column<MeetingItem>[]>(
    () => [
      { id: 'at', header: t('meeting.at'), width: '190px', render: (row) => format.dateTime(row.starts_ms) },
      { id: 'number', header: t('meeting.number'), width: '130px', render: (row) => row.number },
      { id: 'title', header: t('meeting.name'), width: 'minmax(180px, 2fr)', render: (row) => format.name(row.title) },
      { id: 'area', header: t('area'), width: 'minmax(140px, 1fr)', render: (row) => areaName(row.area) },
      {
        id: 'state',
        header: t('state_title'),
        width: '190px',
        render: (row) => <StateMark state={row.state} words="meeting.state" />,
      },
      {
        id: 'decisions',
        header: t('meeting.open_decisions'),
        width: '140px',
        align: 'end',
        render: (row) => `${format.number(row.open_decisions)} / ${format.number(row.decisions)}`,
      },
      {
        id: 'next',
        header: t('meeting.next_on'),
        width: '140px',
        render: (row) => (row.next_on ? format.date(noonOf(row.next_on)) : ''),
      },
    ],
    [areaName, format, t],
  );
  return (
    <Page
      title={t('meeting.title')}
      note={t('meeting.hint')}
      actions={
        mayManage && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setCalling(true)}>
            {t('meeting.new')}
          </Button>
        )
      }
    >
      <div className={classes.layout}>
        <DeskTabs value="meetings" />
        <div className={classes.table}>
          {pages.error ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={8} height={22} />
          ) : (
            <DataTable
              label={t('meeting.title')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              onOpen={(row) => void navigate(`/meetings/${row.id}`)}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconUsersGroup} title={t('meeting.none')} hint={t('meeting.none_hint')} />}
            />
          )}
        </div>
      </div>
      {calling && <NewMeeting onClose={() => setCalling(false)} />}
    </Page>
  );
}
