import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '@/api/queries';
import type { Incident } from '@/desks/incidents/types';
import { ErrorState, LoadingRows, ReasonDialog, useFormat, useShortcut } from '@/kit';
import { AnywayDialog } from './AnywayDialog';
import classes from './dispatch.module.css';
import { ProgressWord, UnitMark } from './Marks';
import { assignmentsQuery, useDispatchEvents } from './queries';
import { Suggested } from './Suggested';
import { isActive, type Assignment } from './types';
import { Active } from './UnitPanel';
import { useDispatch } from './writes';

/** Units on their way to an incident, and sending more. */
export function IncidentUnits({ incident }: { incident: Incident }) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const mayWork = useCan('dispatch.work');
  const dispatch = useDispatch();
  const [open, setOpen] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Assignment | null>(null);
  useDispatchEvents();
  const { data, error, refetch } = useQuery(assignmentsQuery(incident.id));
  const maySend = mayWork && incident.state !== 'closed';
  useShortcut('u', t('send_unit'), () => setOpen((before) => !before), maySend);
  const active = data?.filter(isActive) ?? [];
  const ended = data?.filter((one) => !isActive(one)) ?? [];
  return (
    <section className={classes.panel} aria-label={t('units')}>
      <h2 className={classes.heading}>{t('units')}</h2>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={2} />
      ) : (
        <>
          {data.length === 0 && <p className={classes.faint}>{t('unserved')}</p>}
          {active.map((one) => (
            <div key={one.id} className={classes.sentUnit}>
              <Link to={`/dispatch?unit=${one.unit.id}&incident=${incident.id}`} className={classes.sentName}>
                <UnitMark
                  kind={one.unit.kind}
                  status={one.state === 'arrived' ? 'at_scene' : one.state === 'en_route' ? 'en_route' : 'assigned'}
                  size={22}
                  waiting={one.state === 'offered'}
                />
                <b>{one.unit.call_sign}</b>
              </Link>
              <Active bare one={one} mayWork={mayWork} dispatch={dispatch} onWithdraw={() => setWithdrawn(one)} />
            </div>
          ))}
          {ended.length > 0 && (
            <ul className={classes.lately}>
              {ended.map((one) => (
                <li key={one.id}>
                  <b>{one.unit.call_sign}</b> <ProgressWord state={one.state} />{' '}
                  <span className={classes.faint}>
                    {[one.ended_ms && format.when(one.ended_ms), one.reason].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {maySend && (
        <Button
          size="xs"
          variant={active.length === 0 ? 'filled' : 'default'}
          leftSection={<IconSend size={14} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('send_unit')}
        </Button>
      )}
      {open && maySend && (
        <Suggested
          incident={incident}
          onSend={async (unit) => {
            if (await dispatch.send(incident, unit)) setOpen(false);
          }}
        />
      )}
      {dispatch.hindered && (
        <AnywayDialog
          key={`${dispatch.hindered.unit.id} ${dispatch.hindered.unit.version}`}
          hindered={dispatch.hindered}
          send={dispatch.send}
          onClose={dispatch.settle}
        />
      )}
      <ReasonDialog
        opened={withdrawn !== null}
        title={t('withdraw')}
        confirm={t('withdraw')}
        onClose={() => setWithdrawn(null)}
        onConfirm={(reason) => (withdrawn ? dispatch.withdraw(withdrawn, reason) : Promise.resolve())}
      />
    </section>
  );
}
