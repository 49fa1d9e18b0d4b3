import { Anchor, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconChecks, IconMoodCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { Funnel } from '@/kit/charts';
import { Frame } from '../Frame';
import { Mark } from '../parts/Mark';
import { MATTER_TONE } from '../parts/words';
import classes from '../programme.module.css';
import { overviewQuery } from '../queries';
import { TaskLine } from '../tasks/TaskLine';
import type { Figures, Overview } from '../types';
import own from './Overview.module.css';
import { ScoreTable } from './ScoreTable';

const RUNGS = ['listed', 'asked', 'consented', 'surveyed', 'linked', 'verified', 'confirmed'] as const;

/** Where the programme stands, and what concerns the reader now. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { data, error, refetch } = useQuery(overviewQuery);
  return (
    <Frame note={data && t('as_of', { time: format.time(data.as_of_ms, false) })}>
      <div className={classes.scroll}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={12} />
        ) : (
          <Stack gap={28}>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing={32}>
              <Ladder />
              <Mine data={data} />
            </SimpleGrid>
            <Scores />
          </Stack>
        )}
      </div>
    </Frame>
  );
}

function Ladder() {
  const { t } = useTranslation('programme');
  const { data, error, refetch } = useQuery({
    queryKey: ['programme', 'figures'],
    queryFn: () => api.get<Figures>('/linking/figures'),
    refetchInterval: 60_000,
  });
  return (
    <section aria-labelledby="ladder">
      <h2 id="ladder" className={own.heading}>
        {t('overview.ladder')}
      </h2>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={7} />
      ) : data.total.listed === 0 ? (
        <EmptyState title={t('overview.nothing_listed')} hint={t('overview.nothing_listed_hint')} />
      ) : (
        <Funnel
          label={t('overview.ladder')}
          steps={RUNGS.map((rung) => ({
            id: rung,
            label: t(`rung.${rung}`),
            value: data.total[rung],
            ...(rung === 'asked'
              ? {
                  losses: [
                    { label: t('step.refused'), value: data.total.refused, to: '/programme/premises?step=refused' },
                  ],
                }
              : rung === 'consented'
                ? {
                    losses: [
                      {
                        label: t('step.withdrawn'),
                        value: data.total.withdrawn,
                        to: '/programme/premises?step=withdrawn',
                      },
                    ],
                  }
                : {}),
          }))}
        />
      )}
    </section>
  );
}

function Mine({ data }: { data: Overview }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Stack gap={20}>
      <section aria-labelledby="to-me">
        <h2 id="to-me" className={own.heading}>
          {t('overview.to_me')}
        </h2>
        {data.escalations_to_me.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('overview.nothing_to_me')}
            {data.escalations_open > 0 && (
              <>
                {' '}
                <Anchor component={Link} to="/programme/matters?state=open">
                  {t('overview.open_in_area', {
                    count: data.escalations_open,
                    number: format.number(data.escalations_open),
                  })}
                </Anchor>
              </>
            )}
          </Text>
        ) : (
          <ul className={classes.trail}>
            {data.escalations_to_me.map((one) => (
              <li key={one.id}>
                <Mark tone={MATTER_TONE[one.state]}>{t(`matter.kind.${one.kind}`, t('matter.kind.other'))}</Mark>
                <div>
                  <Anchor component={Link} to={`/programme/matters?open=${one.id}`}>
                    {format.name(one.text)}
                  </Anchor>
                </div>
                <small>
                  {format.name(one.jurisdiction.name)} · {format.ago(one.raised_ms)}
                </small>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="my-tasks">
        <h2 id="my-tasks" className={own.heading}>
          {t('overview.my_tasks')}
          <span className={own.counts}>
            <Link to="/programme/tasks?mine=true&state=standing">
              {t('overview.open_count', { count: data.mine.open, number: format.number(data.mine.open) })}
            </Link>
            {data.mine.late > 0 && (
              <Link className={classes.late} to="/programme/tasks?mine=true&late=true">
                {t('overview.late_count', { count: data.mine.late, number: format.number(data.mine.late) })}
              </Link>
            )}
          </span>
        </h2>
        {data.my_tasks.length === 0 ? (
          <EmptyState
            icon={data.area.open > 0 ? IconChecks : IconMoodCheck}
            title={t('overview.no_tasks')}
            {...(data.area.open > 0
              ? { hint: t('overview.tasks_in_area', { count: data.area.open, number: format.number(data.area.open) }) }
              : {})}
          />
        ) : (
          <ul className={classes.trail}>
            {data.my_tasks.map((task) => (
              <TaskLine key={task.id} task={task} onOpen={() => void navigate(`/programme/tasks?open=${task.id}`)} />
            ))}
          </ul>
        )}
      </section>
    </Stack>
  );
}

function Scores() {
  const { t } = useTranslation('programme');
  const [search, setSearch] = useSearchParams();
  const by = search.get('by') === 'police_station' ? 'police_station' : 'department';
  return (
    <section aria-labelledby="scores">
      <div className={own.bar}>
        <h2 id="scores" className={own.heading}>
          {t('score.title')}
        </h2>
        <SegmentedControl
          size="xs"
          aria-label={t('score.by')}
          value={by}
          onChange={(next) => setSearch({ by: next }, { replace: true })}
          data={[
            { value: 'department', label: t('score.department') },
            { value: 'police_station', label: t('score.police_station') },
          ]}
        />
      </div>
      <ScoreTable by={by} />
    </section>
  );
}
