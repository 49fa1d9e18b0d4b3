import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString } from '@/api/client';
import { useFormat } from '@/kit';
import classes from '../reports.module.css';
import { COLUMNS, type ColumnName, type Counts, type Figures } from '../types';
import { cell, pivot } from './pivot';

interface Props {
  figures: Figures;
  /** The report is of today: lists of now still hold the rows behind its numbers. */
  live: boolean;
  area: string;
}

/** Class by station, with sums; classes open and close. */
export function FigureTable({ figures, live, area }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const rows = useMemo(() => pivot(figures), [figures]);
  const several = rows.some((row) => row.depth === 1);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const toggle = (code: string) =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  const cells = (counts: Counts, owner_class: string, station: string) =>
    COLUMNS.map((name) => {
      const value = cell(counts, name);
      const text = value === null ? '–' : format.number(value);
      const to = live && value ? behind(name, owner_class, station || area) : null;
      return <td key={name}>{to ? <Link to={to}>{text}</Link> : text}</td>;
    });
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('table')}>
      <table className={classes.figures}>
        <thead>
          <tr>
            <th scope="col">{t(several ? 'class_and_station' : 'class')}</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {t(`column.${name}`)}
              </th>
            ))}
            <th scope="col" className={classes.words}>
              {t('officer')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            if (row.depth === 1 && closed.has(row.class)) return null;
            const known = row.depth === 0 ? figures.classes[row.class] : figures.stations[row.station];
            const label = format.name(known?.name) || row.class;
            return (
              <tr key={row.key} data-depth={row.depth}>
                <td>
                  {row.depth === 0 && several ? (
                    <button
                      type="button"
                      className={classes.expander}
                      aria-expanded={!closed.has(row.class)}
                      onClick={() => toggle(row.class)}
                    >
                      {closed.has(row.class) ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
                      {label}
                    </button>
                  ) : (
                    label
                  )}
                </td>
                {cells(row.counts, row.class, row.station)}
                <td className={classes.words}>{row.depth === 1 ? figures.stations[row.station]?.officer : ''}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('all')}</td>
            {cells(figures.totals, '', '')}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** The list that holds the rows behind a number, where there is one. */
function behind(name: ColumnName, owner_class: string, jurisdiction: string): string | null {
  if (name === 'live_now') return `/cameras${queryString({ owner_class, jurisdiction, status: 'live' })}`;
  return null;
}
