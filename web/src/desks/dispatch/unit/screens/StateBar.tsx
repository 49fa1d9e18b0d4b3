import { Button } from '@mantine/core';
import { IconCircleCheck, IconClockPause, IconCloudOff, IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { dismiss, useCrew } from '../offline/store';
import classes from '../unit.module.css';

/** Where everything done is: at the centre, or still on this telephone; and what could not be done any more. */
export function StateBar() {
  const { t } = useTranslation('unit');
  const format = useFormat();
  const { deeds, busy, online, problem, fetched_ms } = useCrew();
  const waiting = deeds.filter((one) => one.state === 'waiting').length;
  const Icon = !online
    ? IconCloudOff
    : busy && waiting > 0
      ? IconCloudUp
      : waiting > 0
        ? IconClockPause
        : IconCircleCheck;
  const words = [
    waiting > 0 ? t('state.waiting', { count: waiting, number: format.number(waiting) }) : t('state.all_sent'),
    !online && t('state.offline'),
    problem && format.name(problem),
    fetched_ms > 0 && t('state.as_of', { time: format.when(fetched_ms) }),
  ];
  return (
    <>
      <div className={classes.state} data-kind={waiting > 0 ? 'waiting' : 'sent'} data-waiting={waiting}>
        <Icon size={20} aria-hidden />
        <span role="status">{words.filter(Boolean).join(' · ')}</span>
      </div>
      {deeds
        .filter((one) => one.state === 'refused')
        .map((one) => (
          <div key={one.id} className={classes.section} role="alert">
            <div className={classes.refused}>
              <span>
                {t(`deed.${one.form.deed}`)}: {format.name(one.message)}
              </span>
              <Button size="sm" variant="default" onClick={() => void dismiss(one.id)}>
                {t('seen')}
              </Button>
            </div>
          </div>
        ))}
    </>
  );
}
