import { Tooltip } from '@mantine/core';
import { IconArmchair, IconCoffee } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '@/api/queries';
import { useFormat, useNow } from '@/kit';
import { myShiftQuery } from './queries';
import classes from './shifts.module.css';

/** Where I am on duty; when my turn has begun and I am nowhere, that. */
export function ShiftInBar() {
  const may = useCan('shift.view');
  return may ? <Mine /> : null;
}

function Mine() {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const now = useNow(15_000);
  const mine = useQuery(myShiftQuery).data;
  const turn = mine?.roster.find((one) => one.from_ms <= now && one.to_ms > now);
  if (!mine?.duty && !turn) return null;
  const post = mine?.duty?.post ?? turn?.post ?? '';
  const name = format.name(mine?.posts.find((one) => one.code === post)?.name) || post;
  const state = mine?.duty ? (mine.duty.away ? 'away' : mine.duty.state) : 'due';
  const Icon = state === 'away' ? IconCoffee : IconArmchair;
  const since = mine?.duty ? format.time(mine.duty.from_ms, false) : format.time(turn?.from_ms ?? now, false);
  return (
    <Tooltip label={t(`bar.${state}`, { post: name, time: since })}>
      <Link
        to="/shifts"
        className={classes.inBar}
        data-state={state}
        aria-label={t(`bar.${state}`, { post: name, time: since })}
      >
        <Icon size={17} stroke={1.6} aria-hidden />
        <span className={classes.inBarName}>{state === 'due' ? t('bar.sign_on') : name}</span>
      </Link>
    </Tooltip>
  );
}
