import { Button, Group } from '@mantine/core';
import { IconPlus, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '@/api/usePages';
import { EmptyState, ErrorState, LoadingRows } from '@/kit';
import classes from './outreach.module.css';

interface Props<Row> {
  /** First part of the query key: what writing makes stale. */
  of: string;
  path: string;
  query?: Record<string, string | undefined>;
  icon: Icon;
  none: string;
  hint: string;
  filters?: ReactNode;
  add?: { label: string; onClick: () => void } | undefined;
  children: (row: Row) => ReactNode;
}

/** A list of cards read by pages, with its filters and the button that adds to it. */
export function Cards<Row extends { id: string }>(props: Props<Row>) {
  const { t } = useTranslation('outreach');
  const pages = usePages<Row>(`outreach-${props.of}`, props.path, props.query ?? {}, 100);
  return (
    <>
      <div className={classes.bar}>
        <Group gap={8}>{props.filters}</Group>
        {props.add && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={props.add.onClick}>
            {props.add.label}
          </Button>
        )}
      </div>
      {pages.error && pages.rows.length === 0 ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingRows rows={5} height={48} />
      ) : pages.rows.length === 0 ? (
        <EmptyState icon={props.icon} title={props.none} hint={props.hint} />
      ) : (
        <ul className={classes.list}>
          {pages.rows.map((row) => (
            <li key={row.id}>{props.children(row)}</li>
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button variant="default" size="xs" mt="sm" onClick={pages.more}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
