import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit';
import { NextClock } from './Clocks';
import classes from './incidents.module.css';
import { SeverityWord, StateWord, useTitle } from './Marks';
import { STATES, type IncidentRow } from './types';

/** One column a state, what is due first on top. */
export function Board({ rows }: { rows: IncidentRow[] }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const states = STATES.filter((state) => state !== 'closed' || rows.some((row) => row.state === 'closed'));
  return (
    <div className={classes.board}>
      {states.map((state) => {
        const of = rows.filter((row) => row.state === state);
        return (
          <section key={state} className={classes.lane} aria-label={t(`state.${state}`)}>
            <h2>
              {t(`state.${state}`)} <span className={classes.faint}>{format.number(of.length)}</span>
            </h2>
            <Cards rows={of} />
          </section>
        );
      })}
    </div>
  );
}

/** Incidents below one another: in a lane, or on a telephone. */
export function Cards({ rows, withState = false }: { rows: IncidentRow[]; withState?: boolean }) {
  const format = useFormat();
  const title = useTitle();
  return (
    <ul className={classes.cards}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={`/incidents/${row.id}`} className={classes.card}>
            <span className={classes.cardHead}>
              <SeverityWord severity={row.severity} />
              {withState && <StateWord state={row.state} reopened={row.reopened} />}
              <span className={classes.faint}>{row.number}</span>
            </span>
            <b>{title(row)}</b>
            <span className={classes.faint}>
              {[row.address || format.name(row.jurisdiction.name), format.name(row.agency.name), row.in_charge]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <NextClock clocks={row.clocks} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
