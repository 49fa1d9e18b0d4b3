import { Button, Group } from '@mantine/core';
import { IconHistory, IconVideoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cameraQuery, useCan } from '@/api/queries';
import type { Name } from '@/api/types';
import { useHasDisk } from '@/desks/devices/queries';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { CameraPlayer } from '@/media';
import type { AlarmDetail } from '../types';
import classes from './detail.module.css';

const BEFORE_MS = 10_000;

/** Live, and at one press the recording from ten seconds before the alarm on. */
export function Pictures({
  cameras,
  camera,
  onCamera,
  at_ms,
  name,
}: {
  cameras: AlarmDetail['cameras'];
  camera: string | null;
  onCamera: (id: string) => void;
  at_ms: number;
  name: Name;
}) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const mayLook = useCan('camera.live');
  const mayPlayBack = useCan('camera.playback');
  if (camera === null)
    return (
      <div className={classes.noPicture}>
        <IconVideoOff size={22} stroke={1.4} aria-hidden />
        {t('no_camera')}
      </div>
    );
  return (
    <section className={classes.pictures}>
      <Group gap={6} justify="space-between">
        <Group gap={6}>
          {cameras.length > 1 &&
            cameras.map((one) => (
              <Button
                key={one.id}
                size="compact-xs"
                variant={one.id === camera ? 'filled' : 'default'}
                onClick={() => onCamera(one.id)}
              >
                {format.name(one.name)}
              </Button>
            ))}
        </Group>
        {mayPlayBack && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconHistory size={13} />}
            onClick={() => {
              // The player follows the address; a second press on the same moment is one, too.
              history.replaceState(history.state, '', location.pathname + location.search);
              location.hash = `t=${at_ms - BEFORE_MS}`;
            }}
          >
            {t('the_moment', { time: format.time(at_ms) })}
          </Button>
        )}
      </Group>
      {mayLook && <Player key={camera} id={camera} at_ms={at_ms} name={name} />}
    </section>
  );
}

function Player({ id, at_ms, name }: { id: string; at_ms: number; name: Name }) {
  const format = useFormat();
  const { data, error, refetch } = useQuery(cameraQuery(id));
  const hasDisk = useHasDisk(id);
  const label = format.name(name);
  const events = useMemo(() => [{ atMs: at_ms, label, colour: 'var(--alarm)' }], [at_ms, label]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={6} height={36} />;
  return <CameraPlayer camera={data} events={events} hasDisk={hasDisk} besideList />;
}
