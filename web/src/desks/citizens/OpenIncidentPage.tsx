import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NewForm } from '@/desks/incidents/NewForm';
import { kindsQuery } from '@/desks/incidents/queries';
import { ErrorState, LoadingRows, Page } from '@/kit';
import classes from './citizens.module.css';
import { incidentOf } from './incidentOf';
import { reportQuery } from './queries';

/** The incidents desk's form, with what the citizen has told. Its alarm goes along. */
export function Component() {
  const { t } = useTranslation('citizens');
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(reportQuery(id));
  const kinds = useQuery(kindsQuery).data;
  return (
    <Page
      title={t('incidents:new.title')}
      note={data && <Link to={`/citizen-reports?open=${id}`}>{t('incident.from', { number: data.number })}</Link>}
    >
      {data?.incident && (
        <Alert className={classes.already} color="yellow" variant="outline" p="xs" role="alert">
          {t('incident.already')}{' '}
          {data.incident.id ? (
            <Link to={`/incidents/${data.incident.id}`}>{t('came.incident', { number: data.incident.number })}</Link>
          ) : (
            t('came.elsewhere', { number: data.incident.number })
          )}
        </Alert>
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data && kinds ? (
        <NewForm
          first={incidentOf(data, kinds)}
          storedAs={`incident.of.report.${id}`}
          path={`/citizen-reports/${id}/incident`}
        />
      ) : (
        <LoadingRows rows={8} />
      )}
    </Page>
  );
}
