import { ActionIcon, Button, Group, Tabs } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconFileAlert, IconUserShare, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Name } from '@/api/types';
import { useCan } from '@/api/queries';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { SeverityMark } from '../Mark';
import { alarmQuery } from '../queries';
import { alarmStore } from '../store';
import type { AlarmDetail, AlarmRow } from '../types';
import classes from './detail.module.css';
import { Events } from './Events';
import { History } from './History';
import { NearCameras } from './NearCameras';
import { Pictures } from './Pictures';

const AlarmMap = lazy(() => import('./AlarmMap'));

interface Props {
  id: string;
  areaName: (path: string) => Name | undefined;
  onClose: () => void;
  onAcknowledge: (row: AlarmRow) => void;
  onPassOn: (row: AlarmRow) => void;
  onCloseAlarm: (row: AlarmRow) => void;
}

/** One alarm: what it is, pictures of it, where, what made it, what was done; and what can be done. */
export function AlarmPanel(props: Props) {
  const { data, error, refetch } = useQuery(alarmQuery(props.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={8} />;
  return <Panel {...props} read={data} />;
}

function Panel({ read, areaName, onClose, onAcknowledge, onPassOn, onCloseAlarm }: Props & { read: AlarmDetail }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const navigate = useNavigate();
  useSyncExternalStore(alarmStore.subscribe, alarmStore.snapshot);
  const row = alarmStore.get(read.alarm.id) ?? read.alarm;
  const mayOpen = useCan('incident.work');
  const [camera, setCamera] = useState(read.cameras[0]?.id ?? null);
  const { handling } = row;
  const open = handling.state !== 'closed';
  const free = open && handling.state !== 'in_incident';
  return (
    <article className={classes.panel} aria-label={format.name(row.name)}>
      <header className={classes.head}>
        <SeverityMark severity={row.severity} size={20} pulse={handling.state === 'new' && !row.test} />
        <div className={classes.titles}>
          <h1 className={classes.title}>{format.name(row.name)}</h1>
          <div className={classes.facts}>
            {[
              t(`severity.${row.severity}`),
              format.when(row.first_ms),
              row.count > 1 && t('times', { number: format.number(row.count), until: format.when(row.last_ms) }),
              format.name(areaName(row.jurisdiction)),
              row.test && t('test'),
              row.flood && t('flood_long'),
              row.skewed && t('skewed'),
              row.late && t('late'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {row.text && <p className={classes.text}>{row.text}</p>}
          <div className={classes.facts}>
            <b>{t(`state.${handling.state}`)}</b>
            {handling.verdict && ` · ${t(`verdict.${handling.verdict}`)}`}
            {handling.assignee && ` · ${handling.assignee.name}`}
            {handling.post && ` · ${t('post', { post: handling.post })}`}
            {handling.note && ` · ${handling.note}`}
          </div>
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label={t('close_panel')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {read.may_work && open && (
        <Group gap={8} className={classes.acts}>
          {handling.state === 'new' && (
            <Button size="xs" leftSection={<IconCheck size={14} />} onClick={() => onAcknowledge(row)}>
              {t('act.acknowledge')} (A)
            </Button>
          )}
          {free && (
            <Button size="xs" variant="default" leftSection={<IconUserShare size={14} />} onClick={() => onPassOn(row)}>
              {t('act.pass_on')} (E)
            </Button>
          )}
          {free && mayOpen && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconFileAlert size={14} />}
              onClick={() => void navigate(`/incidents/new?alarm=${row.id}`)}
            >
              {t('act.incident')} (I)
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            onClick={() => onCloseAlarm(row)}
          >
            {t('act.close')} (C)
          </Button>
        </Group>
      )}
      {handling.incident_id && (
        <Link className={classes.incident} to={`/incidents/${handling.incident_id}`}>
          {t('to_incident')}
        </Link>
      )}
      <Pictures cameras={read.cameras} camera={camera} onCamera={setCamera} at_ms={row.first_ms} name={row.name} />
      <Tabs defaultValue="place" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="place">{t('part.place')}</Tabs.Tab>
          <Tabs.Tab value="events">{t('part.events', { number: format.number(read.events.length) })}</Tabs.Tab>
          <Tabs.Tab value="history">{t('part.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="place" pt="sm">
          {row.lat !== null && row.lon !== null ? (
            <div className={classes.place}>
              <Suspense fallback={<LoadingRows rows={4} />}>
                <AlarmMap key={row.id} lon={row.lon} lat={row.lat} severity={row.severity} />
              </Suspense>
              <NearCameras lon={row.lon} lat={row.lat} onCamera={setCamera} />
            </div>
          ) : (
            <p className={classes.facts}>{t('no_place')}</p>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="events" pt="sm">
          <Events events={read.events} count={row.count} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="sm">
          <History detail={read} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}
