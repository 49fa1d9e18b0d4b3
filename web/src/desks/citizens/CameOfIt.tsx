import { Button } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { SeverityMark } from '@/desks/alarms/Mark';
import type { Severity } from '@/desks/alarms/types';
import { useFormat, useShortcut } from '@/kit';
import classes from './citizens.module.css';
import type { Report } from './types';

/** The alarm that it made and the incident it became; else the way to open one. */
export function CameOfIt({ report }: { report: Report }) {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  const navigate = useNavigate();
  const { incident, alarms } = report;
  const mayOpen = report.may.answer && incident === null;
  const form = `/citizen-reports/${report.id}/incident`;
  useShortcut('i', t('came.open'), () => void navigate(form), mayOpen);
  return (
    <section>
      <h3 className={classes.heading}>{t('came.title')}</h3>
      <ul className={classes.rows}>
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <SeverityMark severity={alarm.severity as Severity} size={12} />{' '}
            <Link to={`/alarms?open=${alarm.id}`}>{t('came.alarm', { name: format.name(alarm.name) })}</Link>{' '}
            <span className={classes.facts}>{t(`alarms:state.${alarm.state}`)}</span>
          </li>
        ))}
        {incident && (
          <li>
            {incident.id ? (
              <>
                <Link to={`/incidents/${incident.id}`}>{t('came.incident', { number: incident.number })}</Link>{' '}
                <span className={classes.facts}>{t(`incidents:state.${incident.state}`)}</span>
              </>
            ) : (
              t('came.elsewhere', { number: incident.number })
            )}
          </li>
        )}
        {alarms.length === 0 && !incident && <li className={classes.facts}>{t('came.nothing')}</li>}
      </ul>
      {mayOpen && (
        <Button component={Link} to={form} size="xs" variant="default" leftSection={<IconFileAlert size={14} />}>
          {t('came.open')} (I)
        </Button>
      )}
    </section>
  );
}
