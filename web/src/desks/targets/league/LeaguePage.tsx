import { SegmentedControl, Tooltip } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { Sparkline } from '@/kit/charts';
import { Frame } from '../Frame';
import { leagueQuery, premisesAt } from '../queries';
import classes from '../targets.module.css';
import type { League, LeagueRow } from '../types';

const BY = ['department', 'police_station', 'officer'] as const;
const FILES = { department: 'departments', police_station: 'stations', officer: 'officers' } as const;

/** Departments, stations and officers by the share done of what was on their list; rates of few stand apart. */
export function Component() {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const by = BY.find((one) => one === search.get('by')) ?? 'department';
  const league = useQuery(leagueQuery(by));
  return (
    <Frame as_of_ms={league.data?.as_of_ms} file={`/progress/export?view=${FILES[by]}`}>
      <div className={classes.wide}>
        <SegmentedControl
          size="xs"
          mb="sm"
          aria-label={t('part.league')}
          value={by}
          onChange={(next) => setSearch({ by: next }, { replace: true })}
          data={BY.map((one) => ({ value: one, label: t(`by.${one}`) }))}
        />
        {league.error ? (
          <ErrorState error={league.error} onRetry={() => void league.refetch()} />
        ) : !league.data ? (
          <LoadingRows rows={10} />
        ) : league.data.items.length === 0 ? (
          <EmptyState icon={IconUsers} title={t('league_empty')} />
        ) : (
          <>
            <p className={classes.note}>
              {t(by === 'officer' ? 'league_officers_hint' : 'league_hint', {
                number: format.number(league.data.small_below),
                days: format.number(league.data.days),
              })}
            </p>
            <Table league={league.data} />
          </>
        )}
      </div>
    </Frame>
  );
}

function Table({ league }: { league: League }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const officers = league.by === 'officer';
  const at = (row: LeagueRow, more: Record<string, string> = {}) =>
    premisesAt({ [league.by === 'department' ? 'department' : 'jurisdiction']: row.key, ...more });
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('part.league')}>
        <thead>
          <tr>
            <th scope="col">{t(`by.${league.by}`)}</th>
            <th scope="col">{t('rate')}</th>
            <th scope="col">{t(officers ? 'consented_premises' : 'done')}</th>
            <th scope="col">{t(officers ? 'visited_premises' : 'listed_cameras')}</th>
            {!officers && <th scope="col">{t('step.consented')}</th>}
            <th scope="col">{t('refused')}</th>
            {!officers && <th scope="col">{t('last_weeks')}</th>}
          </tr>
        </thead>
        <tbody>
          {league.items.map((row) => (
            <tr key={row.key} className={row.small ? classes.small : undefined}>
              <th scope="row">
                {officers ? format.name(row.name) : <Link to={at(row)}>{format.name(row.name)}</Link>}
              </th>
              <td>
                {row.rate === null ? '–' : t('percent', { number: format.number(row.rate * 100, 1) })}
                {row.small && (
                  <Tooltip label={t('few_hint', { number: format.number(league.small_below) })}>
                    <span className={classes.sub}>{t('few')}</span>
                  </Tooltip>
                )}
              </td>
              <td>
                {officers ? (
                  format.number(row.done)
                ) : (
                  <Link to={at(row, { camera_step: 'verified_live,owner_confirmed' })}>{format.number(row.done)}</Link>
                )}
              </td>
              <td>{format.number(row.listed)}</td>
              {!officers && <td>{format.number(row.consented)}</td>}
              <td>
                {officers ? (
                  format.number(row.refused)
                ) : (
                  <Link to={at(row, { step: 'refused' })}>{format.number(row.refused)}</Link>
                )}
              </td>
              {!officers && (
                <td>
                  <Sparkline
                    values={row.weeks}
                    label={t('weeks_label', { numbers: row.weeks.map((one) => format.number(one)).join(', ') })}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
