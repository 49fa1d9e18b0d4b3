import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { sentenceOf } from '@/api/client';
import { ErrorState, LoadingRows, ReasonDialog, useFormat, useNow } from '@/kit';
import classes from './dispatch.module.css';
import { ProgressWord, StatusWord, UnitMark } from './Marks';
import { Messages } from './Messages';
import { unitQuery, useSkills } from './queries';
import { isActive, nextStep, SAID, type Assignment, type UnitDetail } from './types';
import { RetireDialog, UnitForm } from './UnitForm';
import { useWords } from './wording';
import type { Dispatch } from './writes';

interface Props {
  id: string;
  dispatch: Dispatch;
  onClose: () => void;
}

/** One unit: who is on board, what it is sent to with the steps told by radio, what is said with it. */
export function UnitPanel({ id, dispatch, onClose }: Props) {
  const { t } = useTranslation('dispatch');
  const { data, error, refetch } = useQuery(unitQuery(id));
  return (
    <section className={classes.unitPanel} aria-label={data?.call_sign ?? t('unit')}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={5} />
      ) : (
        <Loaded unit={data} dispatch={dispatch} onClose={onClose} />
      )}
    </section>
  );
}

type Asking = { what: 'out_of_service' } | { what: 'withdraw'; one: Assignment } | null;

function Loaded({ unit, dispatch, onClose }: { unit: UnitDetail; dispatch: Dispatch; onClose: () => void }) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const skills = useSkills();
  const [asking, setAsking] = useState<Asking>(null);
  const [dialog, setDialog] = useState<'edit' | 'retire' | null>(null);
  const active = unit.lately.filter(isActive);
  const ended = unit.lately.filter((one) => !isActive(one)).slice(0, 5);
  const facts = [
    t(`kind.${unit.kind}`),
    format.name(unit.agency.name),
    format.name(unit.jurisdiction.name),
    t('places', { number: format.number(unit.capacity) }),
    ...unit.skills.map((code) => format.name(skills.find((one) => one.code === code)?.name) || code),
  ];
  const say = (status: (typeof SAID)[number]) => {
    if (status === 'out_of_service') setAsking({ what: 'out_of_service' });
    else
      dispatch
        .say(unit, status)
        .catch((error: unknown) => notifications.show({ color: 'red', message: sentenceOf(error) }));
  };
  return (
    <>
      <header className={classes.panelHead}>
        <UnitMark kind={unit.kind} status={unit.status} size={28} waiting={active.some((o) => o.state === 'offered')} />
        <h2>{unit.call_sign}</h2>
        <StatusWord status={unit.status} />
        <span className={classes.grow} />
        {(unit.may.work || unit.may.manage) && (
          <Menu position="bottom-end" shadow="none">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('more_acts')}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {unit.may.work && active.length === 0 && (
                <>
                  <Menu.Label>{t('say')}</Menu.Label>
                  {SAID.filter((one) => one !== unit.status).map((one) => (
                    <Menu.Item key={one} onClick={() => say(one)}>
                      {t(`status.${one}`)}
                    </Menu.Item>
                  ))}
                </>
              )}
              {unit.may.manage && (
                <>
                  <Menu.Divider />
                  <Menu.Item onClick={() => setDialog('edit')}>{t('form.edit')}</Menu.Item>
                  <Menu.Item onClick={() => setDialog('retire')}>{t('form.retire')}</Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
        <Tooltip label={`${t('close')}  Esc`}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={onClose}>
            <IconX size={18} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.panelBody}>
        <p className={classes.faint}>{facts.filter(Boolean).join(' · ')}</p>
        {unit.status_note && <p className={classes.plain}>{unit.status_note}</p>}
        <p className={classes.plain}>
          {unit.crew.length > 0 ? unit.crew.map((one) => one.name).join(', ') : t('no_crew')}
          {unit.phone && (
            <>
              {' · '}
              <a href={`tel:${unit.phone.replace(/[^+\d]/g, '')}`}>{unit.phone}</a>
            </>
          )}
        </p>
        {active.map((one) => (
          <Active
            key={one.id}
            one={one}
            mayWork={unit.may.work}
            dispatch={dispatch}
            onWithdraw={() => setAsking({ what: 'withdraw', one })}
          />
        ))}
        <Messages unit={unit} mayWork={unit.may.work} />
        {ended.length > 0 && (
          <>
            <h3 className={classes.heading}>{t('lately')}</h3>
            <ul className={classes.lately}>
              {ended.map((one) => (
                <li key={one.id}>
                  <Link to={`/incidents/${one.incident.id}`}>{one.incident.number}</Link>{' '}
                  <ProgressWord state={one.state} />{' '}
                  <span className={classes.faint}>
                    {[one.ended_ms && format.when(one.ended_ms), one.reason].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <ReasonDialog
        opened={asking !== null}
        title={asking?.what === 'withdraw' ? t('withdraw') : t('status.out_of_service')}
        confirm={asking?.what === 'withdraw' ? t('withdraw') : t('set')}
        onClose={() => setAsking(null)}
        onConfirm={(reason) =>
          asking?.what === 'withdraw'
            ? dispatch.withdraw(asking.one, reason)
            : dispatch.say(unit, 'out_of_service', reason)
        }
      />
      {dialog === 'edit' && <UnitForm unit={unit} onClose={() => setDialog(null)} />}
      {dialog === 'retire' && <RetireDialog unit={unit} onClose={() => setDialog(null)} onDone={onClose} />}
    </>
  );
}

interface ActiveProps {
  one: Assignment;
  mayWork: boolean;
  dispatch: Dispatch;
  onWithdraw: () => void;
  /** On the incident's own page, which tells the rest. */
  bare?: boolean;
}

/** What it is sent to now: how long since, what comes next. */
export function Active({ one, mayWork, dispatch, onWithdraw, bare = false }: ActiveProps) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const words = useWords();
  const now = useNow();
  const next = nextStep(one.state);
  const since = one.arrived_ms ?? one.en_route_ms ?? one.acknowledged_ms ?? one.offered_ms;
  return (
    <div className={classes.activeCard} data-state={one.state} data-told={one.told > 0 || undefined}>
      <div className={classes.incidentFacts}>
        {!bare && <Link to={`/incidents/${one.incident.id}`}>{one.incident.number}</Link>}
        <ProgressWord state={one.state} told={one.told} />
        <time className={classes.faint} dateTime={new Date(since).toISOString()}>
          {t('since', { time: format.when(since), length: format.length(Math.max(0, now - since)) })}
        </time>
      </div>
      {!bare && (
        <p className={classes.plain}>{[words.title(one.incident), one.incident.address].filter(Boolean).join(' · ')}</p>
      )}
      {one.note && <p className={classes.plain}>{one.note}</p>}
      {one.why && <p className={classes.faint}>{t('sent_although', { why: one.why })}</p>}
      {mayWork && next && (
        <Group gap={6}>
          <Button size="compact-xs" variant="default" onClick={() => void dispatch.step(one, next)}>
            {t(`step.${next}`)}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onWithdraw}>
            {t('withdraw')}
          </Button>
        </Group>
      )}
    </div>
  );
}
