import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { EmptyState, ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { SEVERITY_COLOURS, SeverityMark, severityOf, useMeasured, useReason } from './Kind';
import { cameraHealthQuery } from './queries';
import { SeeTo } from './SeeTo';
import type { EpisodeEssentials } from './types';
import { ViewPair } from './ViewPair';
import classes from './health.module.css';

/** What was wrong with one camera in the last thirty days, and how it should look. */
export function CameraHealthTab({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery(cameraHealthQuery(cameraId));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const reference = data.episodes.find((one) => one.end_ms === null && one.reference_ms !== null)?.reference_ms;
  return (
    <div style={{ padding: '8px 0' }}>
      <div
        className={classes.timeline}
        role="img"
        aria-label={t('timeline', { count: data.episodes.length, number: format.number(data.episodes.length) })}
      >
        {data.episodes.map((one) => (
          <i key={one.id} style={placed(one, data.from_ms, data.as_of_ms)} title={t(`kind.${one.kind}`)} />
        ))}
      </div>
      <p className={classes.note} style={{ display: 'flex', justifyContent: 'space-between' }}>
        <span>{format.date(data.from_ms)}</span>
        <span>{t('until_now')}</span>
      </p>
      {reference && <ViewPair cameraId={cameraId} reference_ms={reference} />}
      {data.may_work && (
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t('reference.button')}
        </Button>
      )}
      {data.episodes.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t('camera_well')} />
      ) : (
        <ol className={classes.list}>
          {data.episodes.map((one) => (
            <Row key={one.id} episode={one} mayWork={data.may_work} />
          ))}
        </ol>
      )}
      <ReasonDialog
        opened={asking}
        title={t('reference.title')}
        consequence={t('reference.consequence')}
        confirm={t('reference.button')}
        onClose={() => setAsking(false)}
        onConfirm={async (reason) => {
          await api.post(`/cameras/${cameraId}/reference-view`, { reason });
          await client.invalidateQueries({ queryKey: ['health'] });
        }}
      />
    </div>
  );
}

function placed(one: EpisodeEssentials, from_ms: number, to_ms: number) {
  const whole = to_ms - from_ms;
  const start = Math.max(0, one.start_ms - from_ms) / whole;
  const end = Math.max(0, (one.end_ms ?? to_ms) - from_ms) / whole;
  return {
    insetInlineStart: `${start * 100}%`,
    width: `${(end - start) * 100}%`,
    background: SEVERITY_COLOURS[severityOf(one.severity)],
  };
}

function Row({ episode, mayWork }: { episode: EpisodeEssentials; mayWork: boolean }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const measured = useMeasured();
  const reason = useReason();
  const [seeing, setSeeing] = useState(false);
  const lasted =
    episode.end_ms === null
      ? t('still')
      : t('lasted', { length: format.length(Math.max(1000, episode.end_ms - episode.start_ms)) });
  const facts = [
    lasted,
    reason(episode.reason),
    measured(episode),
    episode.note && t('noted', { by: episode.note.by, cause: t(`cause.${episode.note.cause || 'unknown'}`) }),
    episode.note?.note,
  ].filter(Boolean);
  return (
    <li className={classes.row}>
      <SeverityMark severity={episode.severity} />
      <div>
        <span className={classes.what}>{t(`kind.${episode.kind}`)}</span>
        <div className={classes.facts}>{facts.join(' · ')}</div>
      </div>
      <div className={classes.side}>
        <div>{format.when(episode.start_ms)}</div>
        {mayWork && !episode.note && (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => setSeeing(true)}>
            {t('see_to.button')}
          </Button>
        )}
      </div>
      {seeing && <SeeTo title={t(`kind.${episode.kind}`)} episodes={[episode.id]} onClose={() => setSeeing(false)} />}
    </li>
  );
}
