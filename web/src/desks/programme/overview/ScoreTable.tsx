import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import classes from '../programme.module.css';
import type { Score, Scorecards } from '../types';
import own from './Overview.module.css';

const COUNTS = ['listed', 'asked', 'consented', 'linked', 'verified'] as const;
type By = 'department' | 'police_station';

/** Who is to link what, what is done, what is left, and who answers for it: most behind first. */
export function ScoreTable({ by }: { by: By }) {
  const { t } = useTranslation('programme');
  const { data, error, refetch } = useQuery({
    queryKey: ['programme', 'scorecards', by],
    queryFn: () => api.get<Scorecards>('/scorecards', { by }),
    refetchInterval: 120_000,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={6} height={22} />;
  if (data.items.length === 0) return <EmptyState title={t('score.none')} hint={t('overview.nothing_listed_hint')} />;
  // Targets may be set for other things than departments or stations; a column of dashes says nothing.
  const targeted = data.total.target !== null;
  return (
    <div className={own.scores}>
      <table>
        <thead>
          <tr>
            <th>{t(`score.${by}`)}</th>
            <th data-text>{t('score.officer')}</th>
            {targeted && <th>{t('score.target')}</th>}
            {COUNTS.map((name) => (
              <th key={name}>{t(`rung.${name}`)}</th>
            ))}
            {targeted && <th>{t('score.gap')}</th>}
            <th>{t('score.tasks')}</th>
            <th>{t('score.late')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((row) => (
            <Row key={row.code} row={row} by={by} targeted={targeted} />
          ))}
        </tbody>
        <tfoot>
          <Row row={data.total} by={null} targeted={targeted} />
        </tfoot>
      </table>
    </div>
  );
}

function Row({ row, by, targeted }: { row: Score; by: By | null; targeted: boolean }) {
  const format = useFormat();
  const number = (value: number | null) => (value === null ? '–' : format.number(value));
  const rows =
    by && row.code ? `/programme/premises?${by === 'department' ? 'department' : 'jurisdiction'}=${row.code}` : null;
  return (
    <tr>
      <td>
        {rows ? (
          <Anchor component={Link} to={rows} size="sm">
            {format.name(row.name)}
          </Anchor>
        ) : (
          format.name(row.name)
        )}
      </td>
      <td data-text>{row.officer?.person.name ?? (by ? '–' : '')}</td>
      {targeted && <td>{number(row.target)}</td>}
      {COUNTS.map((name) => (
        <td key={name}>{number(row[name])}</td>
      ))}
      {targeted && <td className={own.gap}>{number(row.gap)}</td>}
      <td>{number(row.tasks_open)}</td>
      <td className={row.tasks_late > 0 ? classes.late : undefined}>{number(row.tasks_late)}</td>
    </tr>
  );
}
