import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconSignature, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { ErrorState, LoadingRows, Page, ReasonDialog, useFormat } from '@/kit';
import { Downloads } from '../download';
import classes from '../reports.module.css';
import { StateMark } from '../StateMark';
import type { Meeting } from '../types';
import { useAreaName } from '../useAreaName';
import { AgendaView } from './AgendaView';
import { Attendance } from './Attendance';
import { ConfirmStep, type Step } from './ConfirmStep';
import { Closing } from './Closing';
import { Decisions } from './Decisions';

const STEPS: Partial<Record<Meeting['state'], { step: Step; icon: typeof IconPlayerPlay }>> = {
  planned: { step: 'begin', icon: IconPlayerPlay },
  begun: { step: 'end', icon: IconPlayerStop },
  ended: { step: 'sign', icon: IconSignature },
};

/** One review meeting: what became of the last decisions, where everybody stands, who came, what was decided. */
export function Component() {
  const { t } = useTranslation('reports');
  const { id = '' } = useParams();
  const format = useFormat();
  const areaName = useAreaName();
  const client = useQueryClient();
  const [confirming, setConfirming] = useState<Step | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [failure, setFailure] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['review-meeting', id],
    queryFn: () => api.get<Meeting>(`/review-meetings/${id}`),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={10} />;
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['review-meeting'] });
    await client.invalidateQueries({ queryKey: ['review-meetings'] });
  };
  /** Saves and reads again; the sentence of a refusal stands above the page, what was typed stays. */
  const save = async (call: () => Promise<unknown>) => {
    setFailure('');
    try {
      await call();
      return true;
    } catch (problem) {
      setFailure(sentenceOf(problem));
      return false;
    } finally {
      await refresh();
    }
  };
  const open = data.may_manage && data.state !== 'signed' && data.state !== 'cancelled';
  const next = data.may_manage ? STEPS[data.state] : undefined;
  const papers = (['hi', 'en'] as const).flatMap((language) =>
    (['agenda', 'minutes', 'action_taken'] as const).map((paper) => ({
      label: `${t(`paper.${paper}`)}, ${t(`language.${language}`)}`,
      path: `/review-meetings/${id}/document`,
      query: { paper, language },
    })),
  );
  return (
    <Page
      padded
      title={format.name(data.title)}
      note={
        <>
          {data.number} · {format.dateTime(data.starts_ms)} ·{' '}
          {[areaName(data.area), data.place].filter(Boolean).join(' · ')} ·{' '}
          <StateMark state={data.state} words="meeting.state" />
        </>
      }
      actions={
        <>
          <Downloads papers={papers} />
          {data.may_manage && data.state === 'planned' && (
            <Button size="xs" variant="default" leftSection={<IconX size={14} />} onClick={() => setCancelling(true)}>
              {t('meeting.cancel')}
            </Button>
          )}
          {next && (
            <Button size="xs" leftSection={<next.icon size={14} />} onClick={() => setConfirming(next.step)}>
              {t(`step.${next.step}`)}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="lg">
        {failure && (
          <Alert color="red" withCloseButton onClose={() => setFailure('')}>
            {failure}
          </Alert>
        )}
        <Text size="sm">
          {t('meeting.chair')}: {data.chair.name}
          {format.name(data.chair.post) && `, ${format.name(data.chair.post)}`}
          {data.follows && (
            <>
              {' · '}
              <Anchor component={Link} to={`/meetings/${data.follows}`} size="sm">
                {t('meeting.before')}
              </Anchor>
            </>
          )}
          {data.followed_by && (
            <>
              {' · '}
              <Anchor component={Link} to={`/meetings/${data.followed_by}`} size="sm">
                {t('meeting.after')}
              </Anchor>
            </>
          )}
        </Text>
        <section>
          <h2 className={classes.section}>{t('agenda.follow_up')}</h2>
          <Decisions
            decisions={data.agenda_frozen && !data.may_manage ? data.agenda.follow_up : data.follow_up}
            whence
            mayProgress={data.may_manage}
            mayEdit={false}
            empty={t('agenda.no_follow_up')}
            save={save}
          />
        </section>
        <AgendaView agenda={data.agenda} frozen={data.agenda_frozen} />
        <section>
          <h2 className={classes.section}>{t('attendance.title')}</h2>
          <Attendance meeting={data} open={open} save={save} />
        </section>
        <section>
          <h2 className={classes.section}>{t('decision.title')}</h2>
          <Decisions
            decisions={data.decisions}
            mayProgress={data.may_manage}
            mayEdit={open}
            empty={t(data.state === 'planned' ? 'decision.not_begun' : 'decision.none')}
            save={save}
            {...(open && data.state !== 'planned' ? { addTo: data.id } : {})}
          />
        </section>
        <Closing key={data.edited_ms} meeting={data} open={open} save={save} />
      </Stack>
      {confirming && (
        <ConfirmStep meeting={data} step={confirming} onClose={() => setConfirming(null)} onDone={refresh} />
      )}
      <ReasonDialog
        opened={cancelling}
        danger
        title={t('meeting.cancel')}
        consequence={t('meeting.cancel_consequence')}
        confirm={t('meeting.cancel')}
        onClose={() => setCancelling(false)}
        onConfirm={async (reason) => {
          await api.post(`/review-meetings/${id}/cancel`, { reason });
          await refresh();
        }}
      />
    </Page>
  );
}
