import { Button, ScrollArea, SegmentedControl, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePages } from '@/api/usePages';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import classes from './Lists.module.css';
import { StateWord } from './StateWord';
import { ROW_STATES, type ListDetail, type ListRow, type RowState } from './types';

/** Rows as they are understood beside how they were written, by what becomes of them. */
export function Rows({ list }: { list: ListDetail }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const counts = list.counts;
  const first: RowState = counts?.bad ? 'bad' : counts?.new ? 'new' : 'same';
  const [state, setState] = useState<RowState>(first);
  const pages = usePages<ListRow>(`list-rows-${list.edited_ms}`, `/lists/${list.id}/rows`, { state }, 40);
  return (
    <section className={classes.sheet}>
      <h2 className={classes.heading}>{t('rows.title')}</h2>
      <ScrollArea type="auto" mb="sm">
        <SegmentedControl
          size="xs"
          value={state}
          onChange={(value) => setState(value as RowState)}
          data={ROW_STATES.map((one) => ({
            value: one,
            label: `${t(`states.${one}`)} ${format.number(counts?.[one] ?? 0)}`,
          }))}
        />
      </ScrollArea>
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingRows rows={6} height={36} />
      ) : pages.rows.length === 0 ? (
        <EmptyState title={t('rows.none')} />
      ) : (
        <ScrollArea>
          <Table verticalSpacing={6} miw={720} className={classes.rows}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('rows.row')}</Table.Th>
                <Table.Th>{t('rows.understood')}</Table.Th>
                <Table.Th>{t('rows.written')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pages.rows.map((row) => (
                <Row key={`${row.sheet} ${row.row}`} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
      {pages.hasMore && (
        <Button size="xs" variant="default" mt="sm" onClick={pages.more}>
          {t('rows.more')}
        </Button>
      )}
    </section>
  );
}

function Row({ row }: { row: ListRow }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const said = row.understood;
  const line = said && [
    format.name(said.police_station?.name),
    format.name(said.ward?.name),
    format.name(said.owner_class?.name),
    said.cameras === null ? '' : t('cameras', { count: said.cameras, number: format.number(said.cameras) }),
    said.lat === null ? '' : `${said.lat}, ${said.lon}`,
  ];
  return (
    <Table.Tr>
      <Table.Td className={classes.number}>{format.number(row.row)}</Table.Td>
      <Table.Td>
        <div className={classes.said}>
          {said?.premises_id ? (
            <Link to={`/premises/${said.premises_id}`}>{format.name(said.name) || '–'}</Link>
          ) : (
            <b>{(said && format.name(said.name)) || '–'}</b>
          )}
          <StateWord state={row.state} />
        </div>
        {said && (
          <Text size="xs" c="dimmed">
            {[said.owner, said.mobile, format.name(said.address)].filter(Boolean).join(' · ')}
          </Text>
        )}
        {line && <Text size="xs">{line.filter(Boolean).join(' · ')}</Text>}
        {row.problems.map((problem) => (
          <Text key={problem.code} size="xs" c={row.state === 'bad' ? 'var(--alarm)' : 'dimmed'}>
            {format.name(problem.text)}
          </Text>
        ))}
      </Table.Td>
      <Table.Td className={classes.written}>{row.written.filter(Boolean).join(' | ')}</Table.Td>
    </Table.Tr>
  );
}
