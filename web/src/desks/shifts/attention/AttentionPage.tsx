import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { CameraChoice } from '../CameraChoice';
import { clockOf, DAY_MS, dayOf, momentOf } from '../days';
import { Frame } from '../Frame';
import { attentionQuery, postsQuery, type AttentionOf } from '../queries';
import classes from '../shifts.module.css';
import { ByShift } from './ByShift';
import { WatchedCamera } from './WatchedCamera';

const FIRST_LOOK_MS = 2 * 3_600_000;

/** "Who watched junction 14 between 20:00 and 22:00?": by camera, or by shift; one's own for everybody. */
export function Component() {
  const { t } = useTranslation('shifts');
  const supervises = useCan('attention.view');
  const [view, setView] = useState<'camera' | 'shift' | 'own'>(supervises ? 'camera' : 'own');
  const views = (supervises ? (['camera', 'shift', 'own'] as const) : (['own'] as const)).map((value) => ({
    value,
    label: t(value === 'camera' ? 'attention.way' : value === 'shift' ? 'attention.by_shift' : 'attention.own'),
  }));
  return (
    <Frame
      note={t('attention.audited')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('attention.view')}
          data={views}
          value={view}
          onChange={(next) => setView(next as typeof view)}
        />
      }
    >
      {view === 'camera' ? <ByCamera /> : <ByShift key={view} mine={view === 'own'} />}
    </Frame>
  );
}

function ByCamera() {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const [opened_ms] = useState(() => Date.now());
  const [day, setDay] = useState(dayOf(opened_ms));
  const [from, setFrom] = useState(clockOf(Math.max(momentOf(dayOf(opened_ms), '00:00'), opened_ms - FIRST_LOOK_MS)));
  const [to, setTo] = useState(clockOf(opened_ms + 60_000)); // up to now: of the next minute nothing is known yet
  const [cameras, setCameras] = useState<string[]>([]);
  const [post, setPost] = useState<string | null>(null);
  const [asked, setAsked] = useState<AttentionOf | null>(null);
  const posts = useQuery(postsQuery).data ?? [];
  const from_ms = momentOf(day, from);
  const to_ms = momentOf(day, to) + (to <= from ? DAY_MS : 0);
  const ready = (cameras.length > 0 || post !== null) && !Number.isNaN(from_ms) && !Number.isNaN(to_ms);
  const report = useQuery({
    ...attentionQuery(asked ?? { from_ms: 0, to_ms: 0 }),
    enabled: asked !== null,
  });
  return (
    <>
      <form
        className={classes.ask}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready)
            setAsked(cameras.length > 0 ? { from_ms, to_ms, cameras } : { from_ms, to_ms, post: post ?? undefined });
        }}
      >
        <CameraChoice
          size="xs"
          label={t('attention.whom')}
          placeholder={t('attention.whom_hint')}
          value={cameras}
          onChange={setCameras}
        />
        <Select
          size="xs"
          clearable
          label={t('attention.of_post')}
          data={posts.map((one) => ({ value: one.id, label: format.name(one.name) }))}
          value={post}
          onChange={setPost}
          disabled={cameras.length > 0}
        />
        <TextInput
          size="xs"
          type="date"
          label={t('attention.day')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="time"
          label={t('attention.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="time"
          label={t('attention.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={!ready} leftSection={<IconEye size={14} />}>
          {t('attention.look')}
        </Button>
      </form>
      {asked === null ? (
        <EmptyState icon={IconEye} title={t('attention.ask')} hint={t('attention.ask_hint')} />
      ) : report.error ? (
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      ) : !report.data ? (
        <LoadingRows rows={5} height={60} />
      ) : report.data.cameras.length === 0 ? (
        <EmptyState title={t('attention.none')} hint={t('attention.none_hint')} />
      ) : (
        <>
          {report.data.more && <p className={classes.faint}>{t('attention.more')}</p>}
          <ul className={classes.watched}>
            {report.data.cameras.map((one) => (
              <WatchedCamera key={one.id} camera={one} report={report.data} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
