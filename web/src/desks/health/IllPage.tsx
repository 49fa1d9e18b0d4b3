import { Button, Collapse, MultiSelect, Select } from '@mantine/core';
import { IconCircleCheck, IconPhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codedQuery, useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, useFormat, useNow, useSearch } from '@/kit';
import { Frame } from './Frame';
import { SeverityMark, useMeasured, useReason } from './Kind';
import { illQuery } from './queries';
import { SeeTo } from './SeeTo';
import { KINDS, type Episode, type Outage } from './types';
import { ViewPair } from './ViewPair';
import classes from './health.module.css';

const SEEN = ['all', 'no', 'yes'] as const;
const SCENE = new Set<string>(['covered', 'turned', 'blurred', 'tampered', 'black', 'overexposed', 'frozen']);

/** What is ill now: outages of a place first, then single cameras, the worst and oldest first. */
export function Component() {
  const { t } = useTranslation('health');
  const format = useFormat();
  const { search, set } = useSearch();
  const seen = SEEN.find((one) => one === search.get('seen')) ?? 'all';
  const kinds = (search.get('kind') ?? '').split(',').filter(Boolean);
  const classesOf = useQuery(codedQuery('owner-classes')).data ?? [];
  const { data, error, refetch } = useQuery(
    illQuery({
      kind: kinds.join(',') || undefined,
      owner_class: search.get('class') ?? undefined,
      acknowledged: seen === 'all' ? undefined : String(seen === 'yes'),
    }),
  );
  return (
    <Frame as_of_ms={data?.as_of_ms}>
      <div className={classes.wide}>
        <div className={classes.filters}>
          <MultiSelect
            size="xs"
            label={t('filter.kind')}
            placeholder={kinds.length ? undefined : t('filter.all')}
            clearable
            data={KINDS.map((one) => ({
              value: one,
              label: data?.counts[one]
                ? t('kind_count', { kind: t(`kind.${one}`), number: format.number(data.counts[one]) })
                : t(`kind.${one}`),
            }))}
            value={kinds}
            onChange={(next) => set('kind', next.join(','))}
          />
          <Select
            size="xs"
            label={t('filter.owner_class')}
            placeholder={t('filter.all')}
            clearable
            searchable
            data={classesOf.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={search.get('class')}
            onChange={(next) => set('class', next ?? '')}
          />
          <Select
            size="xs"
            label={t('filter.seen')}
            allowDeselect={false}
            data={SEEN.map((one) => ({ value: one, label: t(`seen.${one}`) }))}
            value={seen}
            onChange={(next) => set('seen', next && next !== 'all' ? next : '')}
          />
        </div>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={8} height={44} />
        ) : data.outages.length + data.episodes.length === 0 ? (
          <EmptyState icon={IconCircleCheck} title={t('well')} hint={t('well_hint')} />
        ) : (
          <>
            <p className={classes.note} role="status">
              {t('sum', {
                cameras: format.number(data.cameras),
                outages: format.number(data.outages.length),
                count: data.cameras,
              })}
              {data.left_out > 0 && ` ${t('left_out', { number: format.number(data.left_out) })}`}
            </p>
            <ol className={classes.list}>
              {data.outages.map((one) => (
                <OutageRow key={one.id} outage={one} />
              ))}
              {data.episodes.map((one) => (
                <EpisodeRow key={one.id} episode={one} />
              ))}
            </ol>
          </>
        )}
      </div>
    </Frame>
  );
}

function OutageRow({ outage }: { outage: Outage }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const reason = useReason();
  const now = useNow();
  const mayWork = useCan('health.work');
  const [open, setOpen] = useState(false);
  const [seeing, setSeeing] = useState(false);
  const title = t('outage', {
    place: format.name(outage.place.name),
    down: format.number(outage.still_down),
    cameras: format.number(outage.cameras),
    count: outage.cameras,
  });
  return (
    <li className={classes.row}>
      <SeverityMark severity={3} />
      <div>
        <div className={classes.what}>{title}</div>
        <div className={classes.facts}>
          {t(`place.${outage.place.kind}`)}
          {outage.reason && ` · ${reason(outage.reason)}`}
          {outage.acknowledged && ` · ${t('seen_to')}`}
        </div>
        <Button size="compact-xs" variant="subtle" px={0} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('hide_cameras') : t('show_cameras')}
        </Button>
        <Collapse expanded={open}>
          <ul className={classes.members}>
            {outage.episodes.map((one) => (
              <li key={one.id}>
                <Link to={`/cameras/${one.camera.id}?tab=health`}>{format.name(one.camera.name)}</Link>{' '}
                <span className={classes.facts}>
                  {one.camera.reg_id} · {t(`kind.${one.kind}`)} · {format.when(one.start_ms)}
                </span>
              </li>
            ))}
          </ul>
        </Collapse>
      </div>
      <div className={classes.side}>
        <div title={format.dateTime(outage.start_ms)}>{format.ago(outage.start_ms, now)}</div>
        {mayWork && !outage.acknowledged && (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => setSeeing(true)}>
            {t('see_to.button')}
          </Button>
        )}
      </div>
      {seeing && (
        <SeeTo title={title} episodes={outage.episodes.map((one) => one.id)} onClose={() => setSeeing(false)} />
      )}
    </li>
  );
}

function EpisodeRow({ episode }: { episode: Episode }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const measured = useMeasured();
  const reason = useReason();
  const now = useNow();
  const mayWork = useCan('health.work');
  const [seeing, setSeeing] = useState(false);
  const [looking, setLooking] = useState(false);
  const facts = [
    reason(episode.reason),
    measured(episode),
    format.name(episode.premises),
    format.name(episode.jurisdiction),
    episode.note && t('noted', { by: episode.note.by, cause: t(`cause.${episode.note.cause || 'unknown'}`) }),
    episode.note?.note,
  ].filter(Boolean);
  return (
    <li className={classes.row}>
      <SeverityMark severity={episode.severity} />
      <div className={classes.where}>
        <span className={classes.what}>{t(`kind.${episode.kind}`)}</span>{' '}
        <Link to={`/cameras/${episode.camera.id}?tab=health`}>{format.name(episode.camera.name)}</Link>{' '}
        <span className={classes.facts}>{episode.camera.reg_id}</span>
        <div className={classes.facts}>{facts.join(' · ')}</div>
        {SCENE.has(episode.kind) && (
          <>
            <Button
              size="compact-xs"
              variant="subtle"
              px={0}
              leftSection={<IconPhoto size={13} />}
              aria-expanded={looking}
              onClick={() => setLooking(!looking)}
            >
              {t(looking ? 'view.hide' : 'view.show')}
            </Button>
            {looking && <ViewPair cameraId={episode.camera.id} reference_ms={episode.reference_ms} />}
          </>
        )}
      </div>
      <div className={classes.side}>
        <div title={format.dateTime(episode.start_ms)}>{format.ago(episode.start_ms, now)}</div>
        {mayWork && !episode.note && (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => setSeeing(true)}>
            {t('see_to.button')}
          </Button>
        )}
      </div>
      {seeing && (
        <SeeTo
          title={`${t(`kind.${episode.kind}`)}: ${format.name(episode.camera.name)}`}
          episodes={[episode.id]}
          onClose={() => setSeeing(false)}
        />
      )}
    </li>
  );
}
