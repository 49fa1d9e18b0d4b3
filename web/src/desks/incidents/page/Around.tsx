import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconDoorExit, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { sentenceOf } from '@/api/client';
import { SeverityMark } from '@/desks/alarms/Mark';
import { FileView, ReasonDialog, useFormat } from '@/kit';
import { Dialogs } from '../dialogs/Dialogs';
import classes from '../incidents.module.css';
import type { Incident } from '../types';
import { useWrite } from '../write';

type Asking = { what: 'leave'; code: string } | { what: 'withdraw' } | null;

/** Who takes part and works on it, its alarms, files, what it was merged with or split from, who reported it. */
export function Around({ incident }: { incident: Incident }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const write = useWrite(incident, { live: true });
  const [asking, setAsking] = useState<Asking>(null);
  const [undoing, setUndoing] = useState<string | null>(null);
  const { may } = incident;
  const open = may.work && incident.state !== 'closed';
  const relieve = (id: string) =>
    write
      .post(`/people/${id}/relieve`)
      .catch((error: unknown) => notifications.show({ color: 'red', message: sentenceOf(error) }));
  const reporter = [t(`channel.${incident.channel}`), incident.reporter_name, incident.reporter_phone].filter(Boolean);
  return (
    <>
      <section className={classes.panel}>
        <h2 className={classes.heading}>{t('agencies.title')}</h2>
        <ul className={classes.rows}>
          {incident.parts.map((one) => (
            <li key={one.code}>
              <span>
                <b>{format.name(one.name)}</b> <span className={classes.faint}>{t(`part_of.${one.part}`)}</span>
              </span>
              {open && one.part === 'support' && (
                <Tooltip label={t('agencies.leave')}>
                  <ActionIcon
                    variant="subtle"
                    size="sm"
                    aria-label={t('agencies.leave')}
                    onClick={() => setAsking({ what: 'leave', code: one.code })}
                  >
                    <IconDoorExit size={14} />
                  </ActionIcon>
                </Tooltip>
              )}
              {may.lead && one.code === incident.handover_to && (
                <Button size="compact-xs" variant="subtle" onClick={() => setAsking({ what: 'withdraw' })}>
                  {t('handover.withdraw')}
                </Button>
              )}
            </li>
          ))}
          {incident.people.map((one) => (
            <li key={one.id}>
              <span>
                {one.name}{' '}
                <span className={classes.faint}>
                  {[one.in_charge && t('people.in_charge'), format.name(one.agency?.name)].filter(Boolean).join(' · ')}
                </span>
              </span>
              {open && (
                <Tooltip label={t('people.relieve', { name: one.name })}>
                  <ActionIcon
                    variant="subtle"
                    size="sm"
                    aria-label={t('people.relieve', { name: one.name })}
                    onClick={() => void relieve(one.id)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          ))}
        </ul>
        {incident.handovers.length > 0 && (
          <ul className={classes.rows}>
            {incident.handovers.map((one) => (
              <li key={one.id}>
                <span>
                  {format.name(one.from_agency.name)} → {format.name(one.to_agency.name)}:{' '}
                  <b>{t(`handover_state.${one.state}`)}</b>
                  <span className={classes.faint}>
                    {' '}
                    {[format.when(one.offered_ms), one.note, one.answer].filter(Boolean).join(' · ')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={classes.panel}>
        <h2 className={classes.heading}>{t('facts.title')}</h2>
        <p className={classes.plain}>{reporter.join(' · ')}</p>
        {incident.description && <p className={classes.plain}>{incident.description}</p>}
        <p className={classes.faint}>
          {t('facts.opened', { by: incident.opened_by || t('centre'), time: format.when(incident.opened_ms) })}
        </p>
        {incident.lessons && (
          <>
            <h3 className={classes.heading}>{t('field.lessons')}</h3>
            <p className={classes.plain}>{incident.lessons}</p>
          </>
        )}
      </section>
      {incident.alarms.length > 0 && (
        <section className={classes.panel}>
          <h2 className={classes.heading}>{t('alarms.title', { number: format.number(incident.alarms.length) })}</h2>
          <ul className={classes.rows}>
            {incident.alarms.map((one) => (
              <li key={one.id}>
                <span>
                  <SeverityMark severity={one.severity} size={11} /> {format.name(one.name)}{' '}
                  <span className={classes.faint}>
                    {[
                      format.when(one.first_ms),
                      one.count > 1 && `× ${format.number(one.count)}`,
                      format.name(one.camera?.name),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {incident.files.length > 0 && (
        <section className={classes.panel}>
          <h2 className={classes.heading}>{t('files.title')}</h2>
          <FileView
            base={`/api/v1/incidents/${incident.id}/files`}
            files={incident.files.map(({ id, kind, name }) => ({ id, kind, name }))}
          />
        </section>
      )}
      <Others incident={incident} onUndo={may.supervise ? setUndoing : undefined} />
      <ReasonDialog
        opened={asking !== null}
        title={t(asking?.what === 'withdraw' ? 'handover.withdraw' : 'agencies.leave')}
        confirm={t('confirm')}
        onClose={() => setAsking(null)}
        onConfirm={(reason) =>
          asking?.what === 'leave'
            ? write.post(`/agencies/${asking.code}/leave`, { reason })
            : write.post('/handover/withdraw', { reason })
        }
      />
      {undoing && <Dialogs name="unmerge" merge={undoing} incident={incident} onClose={() => setUndoing(null)} />}
    </>
  );
}

function Others({ incident, onUndo }: { incident: Incident; onUndo: ((merge: string) => void) | undefined }) {
  const { t } = useTranslation('incidents');
  const others = [
    ...incident.merged.map((one) => ({ ...one, how: 'merged' })),
    ...incident.split_off.map((one) => ({ ...one, how: 'split_off' })),
    ...(incident.split_from ? [{ ...incident.split_from, how: 'split_from' }] : []),
  ];
  if (others.length === 0) return null;
  return (
    <section className={classes.panel}>
      <h2 className={classes.heading}>{t('others.title')}</h2>
      <ul className={classes.rows}>
        {others.map((one) => (
          <li key={one.how + one.id}>
            <span>
              <Text span size="sm" c="dimmed">
                {t(`others.${one.how}`)}{' '}
              </Text>
              <Link to={`/incidents/${one.id}`}>{one.number}</Link> {one.title}
            </span>
            {one.merge && onUndo && (
              <Tooltip label={t('act.unmerge')}>
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  aria-label={t('act.unmerge')}
                  onClick={() => onUndo(one.merge ?? '')}
                >
                  <IconArrowBackUp size={14} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
