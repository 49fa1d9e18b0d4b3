import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMe } from '@/api/queries';
import { ErrorState, LoadingRows } from '@/kit';
import classes from '../incidents.module.css';
import { panels } from '../panels';
import { incidentQuery, useIncidentEvents } from '../queries';
import type { Incident } from '../types';
import { useTitle } from '../Marks';
import { Around } from './Around';
import { Cameras } from './Cameras';
import { Head } from './Head';
import { Timeline } from './Timeline';

const PARTS = ['middle', 'timeline', 'side'] as const;

/** One incident, calm: its head, the time line with the note box, what is to be done, what stands around it. */
export function Component() {
  const { id = '' } = useParams();
  useIncidentEvents();
  const { data, error, refetch } = useQuery(incidentQuery(id));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={12} />;
  return <Loaded key={data.id} incident={data} />;
}

function Loaded({ incident }: { incident: Incident }) {
  const { t } = useTranslation('incidents');
  const title = useTitle();
  const permissions = useMe()?.permissions;
  const narrow = useMediaQuery('(max-width: 62em)') ?? false;
  const [part, setPart] = useState<(typeof PARTS)[number]>('middle');
  const called = `${incident.number} · ${title(incident)}`;
  useEffect(() => {
    const before = document.title;
    document.title = `${called} · Prahari`;
    return () => {
      document.title = before;
    };
  }, [called]);
  const of = (place: 'middle' | 'side') =>
    panels.filter((one) => one.place === place && (!one.permission || permissions?.includes(one.permission)));
  const shows = (one: (typeof PARTS)[number]) => !narrow || part === one;
  const side = [
    { id: 'cameras', order: 10, Panel: Cameras },
    { id: 'around', order: 40, Panel: Around },
    ...of('side'),
  ].sort((a, b) => a.order - b.order);
  return (
    <section className={classes.page} data-narrow={narrow || undefined}>
      <Head incident={incident} />
      {narrow && (
        <SegmentedControl
          className={classes.parts ?? ''}
          size="xs"
          fullWidth
          data={PARTS.map((one) => ({ value: one, label: t(`part.${one}`) }))}
          value={part}
          onChange={(next) => setPart(next as typeof part)}
        />
      )}
      {shows('timeline') && (
        <div className={classes.column}>
          <Timeline incident={incident} />
        </div>
      )}
      {shows('middle') && (
        <div className={classes.column}>
          {of('middle').map(({ id, Panel }) => (
            <Panel key={id} incident={incident} />
          ))}
        </div>
      )}
      {shows('side') && (
        <div className={classes.column}>
          {side.map(({ id, Panel }) => (
            <Panel key={id} incident={incident} />
          ))}
        </div>
      )}
    </section>
  );
}
