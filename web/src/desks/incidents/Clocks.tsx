import { Tooltip } from '@mantine/core';
import { IconCheck, IconClock, IconClockExclamation, IconMinus, IconX, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useNow } from '@/kit';
import classes from './incidents.module.css';
import { remaining, stateAt } from './clock';
import type { Clock } from './types';

const ICONS: Record<Clock['state'], Icon> = {
  running: IconClock,
  warning: IconClockExclamation,
  missed: IconX,
  kept: IconCheck,
  late: IconX,
  stopped: IconMinus,
};

/** One clock: its word, its shape, what is left or by how much it is over. */
export function ClockChip({ clock, bare = false }: { clock: Clock; bare?: boolean }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const now = useNow();
  const state = stateAt(clock, now);
  const Shape = ICONS[state];
  const ended = clock.met_ms ?? clock.stopped_ms;
  const time = ended === null ? remaining(clock.due_ms - now) : remaining(ended - clock.starts_ms);
  return (
    <Tooltip
      label={t('clock.told', {
        name: t(`clock.${clock.clock}`),
        state: t(`clock_state.${state}`),
        due: format.dateTime(clock.due_ms),
      })}
    >
      <span className={classes.clock} data-state={state}>
        <Shape size={14} aria-hidden />
        {!bare && <span>{t(`clock.${clock.clock}`)}</span>}
        <b>{state === 'stopped' ? t('clock_state.stopped') : time}</b>
        {state === 'missed' && <span>{t('clock.over')}</span>}
      </span>
    </Tooltip>
  );
}

/** Of a list's row: the clock that is due next, or the last that ended. */
export function NextClock({ clocks }: { clocks: Clock[] }) {
  const running = clocks.filter((one) => one.met_ms === null && one.stopped_ms === null);
  const shown = running.sort((a, b) => a.due_ms - b.due_ms)[0];
  return shown ? <ClockChip clock={shown} /> : null;
}

/** All clocks of the present round. */
export function Clocks({ clocks }: { clocks: Clock[] }) {
  const round = Math.max(0, ...clocks.map((one) => one.round));
  return (
    <div className={classes.clocks}>
      {clocks
        .filter((one) => one.round === round)
        .map((one) => (
          <ClockChip key={one.clock} clock={one} />
        ))}
    </div>
  );
}
