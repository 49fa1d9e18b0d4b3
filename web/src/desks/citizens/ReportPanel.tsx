import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NearCameras } from '@/desks/alarms/detail/NearCameras';
import { Pictures } from '@/desks/alarms/detail/Pictures';
import { ErrorState, FileView, LoadingRows, useFormat } from '@/kit';
import { AnswerForm } from './AnswerForm';
import { CallBack } from './CallBack';
import { CameOfIt } from './CameOfIt';
import classes from './citizens.module.css';
import { StateWord } from './Marks';
import { reportQuery, useWhatComesOf } from './queries';
import type { Report } from './types';

const AlarmMap = lazy(() => import('@/desks/alarms/detail/AlarmMap'));

/** One report: what was told, its photograph, the place with the cameras around, what came of it, the answer. */
export function ReportPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('citizens');
  const { data, error, refetch } = useQuery(reportQuery(id));
  useWhatComesOf(data);
  return (
    <article className={classes.panel} aria-label={data?.number ?? t('title')}>
      <ActionIcon className={classes.close} variant="subtle" color="gray" aria-label={t('keys.back')} onClick={onClose}>
        <IconX size={18} />
      </ActionIcon>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Opened report={data} />
      ) : (
        <LoadingRows rows={8} />
      )}
    </article>
  );
}

function Opened({ report }: { report: Report }) {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  const [camera, setCamera] = useState<string | null>(null);
  return (
    <>
      <header>
        <h2 className={classes.title}>{format.name(report.kind)}</h2>
        <div className={classes.facts}>
          <StateWord state={report.state} />{' '}
          {[report.number, format.when(report.created_ms), format.name(report.place)].filter(Boolean).join(' · ')}
        </div>
      </header>
      {report.words ? (
        <blockquote className={classes.told}>{report.words}</blockquote>
      ) : (
        <p className={classes.facts}>{t('no_words')}</p>
      )}
      {report.photo && <FileView files={[{ id: report.photo, kind: 'image', name: t('photo') }]} />}
      <CameOfIt report={report} />
      <AnswerForm report={report} />
      <CallBack report={report} />
      <section>
        <h3 className={classes.heading}>{t('place')}</h3>
        {camera !== null && (
          <Pictures cameras={[]} camera={camera} onCamera={setCamera} at_ms={report.created_ms} name={report.kind} />
        )}
        <div className={classes.place}>
          <Suspense fallback={<LoadingRows rows={4} />}>
            <AlarmMap lon={report.lon} lat={report.lat} severity="medium" />
          </Suspense>
          <NearCameras lon={report.lon} lat={report.lat} onCamera={setCamera} />
        </div>
      </section>
    </>
  );
}
