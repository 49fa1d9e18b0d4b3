import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import incidentClasses from '@/desks/incidents/incidents.module.css';
import type { Incident } from '@/desks/incidents/types';
import { ErrorState, FileView, useFormat } from '@/kit';
import classes from './citizens.module.css';
import { StateWord } from './Marks';
import { ofIncidentQuery } from './queries';

/** On an incident's page: what citizens have told of it, and what they have been answered. */
export function FromCitizens({ incident }: { incident: Incident }) {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  const { data, error, refetch } = useQuery(ofIncidentQuery(incident.id));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <section className={incidentClasses.panel}>
      <h2 className={incidentClasses.heading}>{t('title')}</h2>
      {data.map((one) => (
        <div key={one.id} className={classes.ofIncident}>
          <Link to={`/citizen-reports?open=${one.id}`}>{one.number}</Link> <StateWord state={one.state} />{' '}
          <span className={classes.facts}>{format.when(one.created_ms)}</span>
          {one.words && <blockquote className={classes.told}>{one.words}</blockquote>}
          {one.photo && <FileView files={[{ id: one.photo, kind: 'image', name: t('photo') }]} />}
        </div>
      ))}
    </section>
  );
}
