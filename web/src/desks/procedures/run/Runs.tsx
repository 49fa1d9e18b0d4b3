import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPlayerStop, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import type { Incident } from '@/desks/incidents/types';
import { EmptyState, ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import classes from '../procedures.module.css';
import { proceduresQuery, runsQuery } from '../queries';
import type { Run } from '../types';
import { StepRow } from './StepRow';
import { useRun } from './useRun';

/** The procedures at work on an incident, the next step open; another one can be begun. */
export function Runs({ incident }: { incident: Incident }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const { data, error, refetch } = useQuery(runsQuery(incident.id));
  const library = useQuery(proceduresQuery).data?.items ?? [];
  const { send } = useRun(incident.id);
  const [more, setMore] = useState(false);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={8} />;
  const running = new Set(data.filter((one) => one.state === 'running').map((one) => one.procedure));
  const offered = library.filter((one) => one.active && one.in_force !== null && !running.has(one.code));
  const first = offered.filter((one) => one.code === incident.procedure);
  const rest = offered.filter((one) => one.code !== incident.procedure);
  const begin = (procedure: string) =>
    void send(`/incidents/${incident.id}/runs`, { procedure }).catch((failure: unknown) =>
      notifications.show({ color: 'red', message: sentenceOf(failure) }),
    );
  const mayBegin = incident.may.work && incident.state !== 'closed';
  return (
    <>
      <div className={classes.top}>
        <h2 className={classes.heading}>{t('run.title')}</h2>
        {mayBegin && offered.length > 0 && (
          <Menu position="bottom-end" opened={more} onChange={setMore}>
            <Menu.Target>
              <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />}>
                {t('run.begin')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {[...first, ...rest].map((one) => (
                <Menu.Item key={one.code} onClick={() => begin(one.code)}>
                  {format.name(one.name)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {data.length === 0 && <EmptyState title={t('run.none')} hint={t('run.none_hint')} />}
      {data.map((run) => (
        <OneRun key={run.id} run={run} incident={incident} />
      ))}
    </>
  );
}

function OneRun({ run, incident }: { run: Run; incident: Incident }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const { send } = useRun(incident.id);
  const [stopping, setStopping] = useState(false);
  const [shown, setShown] = useState(run.state === 'running');
  const needed = run.steps.filter((one) => one.standing !== 'not_needed');
  const done = needed.filter((one) => one.state !== 'open').length;
  return (
    <section className={classes.run} aria-label={format.name(run.name)}>
      <header className={classes.runHead}>
        <Button
          size="compact-sm"
          variant="subtle"
          px={4}
          aria-expanded={shown}
          rightSection={<IconChevronDown size={14} className={classes.chevron} data-open={shown || undefined} />}
          onClick={() => setShown(!shown)}
        >
          {format.name(run.name)}
        </Button>
        <span className={classes.faint}>
          {t('run.progress', { done: format.number(done), all: format.number(needed.length) })} ·{' '}
          {t('run.version', { number: format.number(run.number) })}
          {run.state !== 'running' && ` · ${t(`run_state.${run.state}`)}`}
        </span>
        {run.may_work && (
          <Tooltip label={t('run.stop')}>
            <ActionIcon variant="subtle" size="sm" aria-label={t('run.stop')} onClick={() => setStopping(true)}>
              <IconPlayerStop size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <div className={classes.bar} role="presentation">
        <i style={{ width: `${needed.length ? (100 * done) / needed.length : 0}%` }} />
      </div>
      {shown && (
        <ol className={classes.steps}>
          {run.steps.map((one) => (
            <StepRow
              key={one.step.id}
              step={one}
              isNext={run.next === one.step.id}
              run={run}
              incident={incident.id}
              hidden={one.standing === 'not_needed' && one.state === 'open'}
            />
          ))}
        </ol>
      )}
      <ReasonDialog
        opened={stopping}
        title={t('run.stop')}
        consequence={t('run.stop_what')}
        confirm={t('run.stop')}
        onClose={() => setStopping(false)}
        onConfirm={(reason) => send(`/procedure-runs/${run.id}/stop`, { reason })}
      />
    </section>
  );
}
