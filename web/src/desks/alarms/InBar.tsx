import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff, IconBellX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '@/api/queries';
import { useFormat } from '@/kit';
import classes from './alarms.module.css';
import { SeverityMark } from './Mark';
import { alarmCountsQuery } from './queries';
import { call, setMuted, useSound } from './sound';
import { SEVERITIES } from './types';

const AGAIN_MS = 12_000;

/** Open alarms by severity, for the bar at the top: what is unanswered pulses, what is critical calls. */
export function AlarmsInBar() {
  const may = useCan('alarm.view');
  return may ? <Counts /> : null;
}

function Counts() {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const counts = useQuery(alarmCountsQuery).data;
  const calling = counts?.severities.critical?.new ?? 0;
  useEffect(() => {
    if (calling === 0) return;
    void call();
    const timer = setInterval(() => void call(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [calling]);
  return (
    <div className={classes.inBar} data-alarms-in-bar>
      {SEVERITIES.map((severity) => {
        const count = counts?.severities[severity];
        if (!count?.open) return null;
        return (
          <Tooltip
            key={severity}
            label={t('in_bar', {
              severity: t(`severity.${severity}`),
              open: format.number(count.open),
              unanswered: format.number(count.new),
            })}
          >
            <Link to={`/alarms?severity=${severity}`} className={classes.inBarCount} data-severity={severity}>
              <SeverityMark severity={severity} pulse={count.new > 0} />
              <b>{format.number(count.open)}</b>
            </Link>
          </Tooltip>
        );
      })}
      <SoundSwitch />
    </div>
  );
}

export function SoundSwitch() {
  const { t } = useTranslation('alarms');
  const { muted, blocked } = useSound();
  const state = muted ? 'muted' : blocked ? 'blocked' : 'on';
  const Icon = muted ? IconBellOff : blocked ? IconBellX : IconBell;
  return (
    <Tooltip label={t(`sound.${state}`)}>
      <ActionIcon
        variant="subtle"
        color={state === 'on' ? 'gray' : 'yellow'}
        aria-label={t(`sound.${state}`)}
        aria-pressed={!muted}
        onClick={() => setMuted(!muted && !blocked)}
      >
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
