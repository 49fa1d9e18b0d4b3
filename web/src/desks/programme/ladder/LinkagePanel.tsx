import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { Mark } from '../parts/Mark';
import { STEP_TONE } from '../parts/words';
import classes from '../programme.module.css';
import type { LadderItem, LinkageDetail, Step } from '../types';
import { ConsentForm } from './ConsentForm';
import { StepForm } from './StepForm';
import { NEXT, type HandStep } from './next';

/** Where premises stand, what may be entered next, and every step that led there. */
export function LinkagePanel({ premisesId }: { premisesId: string }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const works = useCan('linking.work');
  const takesConsent = useCan('consent.manage') || works;
  const [doing, setDoing] = useState<HandStep | 'consent' | 'correct' | 'withdraw' | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['linkage', premisesId],
    queryFn: () => api.get<LinkageDetail>(`/linking/premises/${premisesId}`),
  });
  const entries = useQuery({
    queryKey: ['linkage', premisesId, 'ladder'],
    queryFn: async () => (await api.get<{ items: LadderItem[] }>(`/linking/premises/${premisesId}/ladder`)).items,
  });
  const done = async () => {
    setDoing(null);
    await Promise.all([
      client.invalidateQueries({ queryKey: ['linkage', premisesId] }),
      client.invalidateQueries({ queryKey: ['linkages'] }),
      client.invalidateQueries({ queryKey: ['programme'] }),
    ]);
  };
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const next = NEXT[data.step];
  const back = stepBefore(data.step, entries.data ?? []);
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{format.name(data.name)}</Text>
        <Text size="sm" c="dimmed">
          {format.name(data.address)}
        </Text>
        <Group gap={12} mt={4}>
          <Mark tone={STEP_TONE[data.step]}>{t(`step.${data.step}`)}</Mark>
          <Anchor component={Link} to={`/premises/${data.id}`} size="sm">
            {t('ladder.to_premises')}
          </Anchor>
          <Anchor component={Link} to={`/programme/tasks?premises=${data.id}`} size="sm">
            {t('ladder.to_tasks')}
          </Anchor>
        </Group>
      </div>
      <dl className={classes.facts}>
        <dt>{t('ladder.owner_class')}</dt>
        <dd>{format.name(data.owner_class.name)}</dd>
        <dt>{t('ladder.place')}</dt>
        <dd>{format.name(data.jurisdiction.name)}</dd>
        <dt>{t('ladder.department')}</dt>
        <dd>{format.name(data.department.name)}</dd>
        <dt>{t('ladder.cameras')}</dt>
        <dd>
          {format.number(data.cameras)}
          {data.ladder.length > 0 &&
            ` · ${data.ladder.map((camera) => `${camera.reg_id} ${t(`camera_step.${camera.step}`)}`).join(', ')}`}
        </dd>
        {data.source_list && (
          <>
            <dt>{t('ladder.source')}</dt>
            <dd>
              {data.source_list}
              {data.source_row !== null && ` · ${t('ladder.row', { number: format.number(data.source_row) })}`}
            </dd>
          </>
        )}
      </dl>
      {works && (
        <Group gap={8}>
          {next.map((step) => (
            <Button key={step} size="xs" variant="default" onClick={() => setDoing(step)}>
              {t(`do.${step}`)}
            </Button>
          ))}
          {takesConsent && !data.public && data.step !== 'listed' && (
            <Button size="xs" onClick={() => setDoing('consent')}>
              {t(data.consent?.stands ? 'do.consent_again' : 'do.consent')}
            </Button>
          )}
          {data.consent?.stands && (
            <Button size="xs" variant="default" onClick={() => setDoing('withdraw')}>
              {t('do.withdraw')}
            </Button>
          )}
          {back && (
            <Button size="xs" variant="subtle" color="gray" onClick={() => setDoing('correct')}>
              {t('do.correct')}
            </Button>
          )}
        </Group>
      )}
      {doing === 'consent' ? (
        <ConsentForm premisesId={premisesId} onDone={done} onClose={() => setDoing(null)} />
      ) : doing && doing !== 'correct' && doing !== 'withdraw' ? (
        <StepForm key={doing} premisesId={premisesId} step={doing} onDone={done} onClose={() => setDoing(null)} />
      ) : null}
      <div>
        <h3 className={classes.heading}>{t('ladder.history')}</h3>
        {entries.error ? (
          <ErrorState error={entries.error} onRetry={() => void entries.refetch()} />
        ) : !entries.data ? (
          <LoadingRows rows={3} />
        ) : (
          <ul className={classes.trail}>
            {entries.data.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
      </div>
      <ReasonDialog
        opened={doing === 'correct'}
        title={t('do.correct')}
        consequence={t('ladder.correct_consequence', {
          step: t(`step.${data.step}`),
          back: back ? t(`step.${back}`) : '',
        })}
        confirm={t('do.correct')}
        onClose={() => setDoing(null)}
        onConfirm={async (reason) => {
          await api.post(`/linking/premises/${premisesId}/correct`, { step: back, reason });
          await done();
        }}
      />
      <ReasonDialog
        opened={doing === 'withdraw'}
        title={t('do.withdraw')}
        consequence={t('ladder.withdraw_consequence')}
        confirm={t('do.withdraw')}
        danger
        onClose={() => setDoing(null)}
        onConfirm={async (reason) => {
          await api.post(`/linking/consents/${data.consent?.id ?? ''}/withdraw`, { reason });
          await done();
        }}
      />
    </Stack>
  );
}

function Entry({ entry }: { entry: LadderItem }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const word = t([`step.${entry.step}`, `camera_step.${entry.step}`]);
  const tone = STEP_TONE[entry.step as Step] ?? 'good';
  return (
    <li>
      <Mark tone={entry.is_correction ? 'held' : tone}>
        {entry.is_correction ? t('ladder.corrected', { step: word }) : word}
      </Mark>
      {entry.camera && <span> · {entry.camera.reg_id}</span>}
      {(entry.note || entry.reason) && <div>{[entry.note, entry.reason].filter(Boolean).join(' · ')}</div>}
      <small>
        {format.dateTime(entry.at_ms)} · {entry.by || t('ladder.by_facts')} · {t(`via.${entry.via}`)}
      </small>
    </li>
  );
}

/** Where premises stood before their present step; null where a consent stands behind it, which has papers of its own. */
function stepBefore(step: Step, entries: LadderItem[]): Step | null {
  if (step === 'listed' || step === 'consented' || step === 'surveyed' || step === 'withdrawn') return null;
  const last = entries.find((entry) => !entry.camera && !entry.is_correction && entry.step === step);
  const before = last?.before;
  return before === 'listed' ||
    before === 'asked' ||
    before === 'promised' ||
    before === 'installed' ||
    before === 'refused'
    ? before !== step
      ? before
      : null
    : null;
}
