import { Button, Modal, Text } from '@mantine/core';
import { IconHistory, IconLivePhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cameraQuery, useCan } from '@/api/queries';
import { useHasDisk } from '@/desks/devices/queries';
import { PushButton } from '@/desks/wall/PushTool';
import type { ItemIn } from '@/desks/wall/screens/types';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { CameraPlayer, LiveTile } from '@/media';
import classes from '../incidents.module.css';
import { nearQuery } from '../queries';
import type { Incident, NearCamera } from '../types';

const PointsMap = lazy(async () => ({ default: (await import('../PointsMap')).PointsMap }));
const TILES = 4;

/** The nearest cameras that the reader may see, live; each opens at the moment, with what came before and after. */
export function Cameras({ incident }: { incident: Incident }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const mayWatch = useCan('camera.live');
  const mayPlayBack = useCan('camera.playback');
  const { data, error, refetch } = useQuery(nearQuery(incident.id));
  // Of those that are near, first the ones that have recorded the moment.
  const cameras = [...(data?.items ?? [])].sort((a, b) => Number(b.recorded) - Number(a.recorded));
  const [watched, setWatched] = useState<NearCamera | null>(null);
  const openAt = (camera: NearCamera, at_ms: number | null) => {
    // The player follows the address.
    history.replaceState(history.state, '', location.pathname + location.search);
    if (at_ms !== null) history.replaceState(history.state, '', `#t=${at_ms}`);
    setWatched(camera);
  };
  const close = () => {
    history.replaceState(history.state, '', location.pathname + location.search);
    setWatched(null);
  };
  const points = useMemo(
    () =>
      incident.lat === null || incident.lon === null
        ? []
        : [
            {
              id: incident.id,
              number: incident.number,
              severity: incident.severity,
              lat: incident.lat,
              lon: incident.lon,
              late: false,
            },
          ],
    [incident.id, incident.number, incident.severity, incident.lat, incident.lon],
  );
  const [point] = points;
  const onWall: ItemIn[] = [
    ...(point ? [{ kind: 'map' as const, lat: point.lat, lon: point.lon }] : []),
    ...cameras.slice(0, TILES).map((one) => ({ kind: 'camera' as const, camera: one.id })),
  ];
  return (
    <>
      <section className={classes.panel}>
        <h2 className={classes.heading}>
          {t('cameras.title')} <PushButton items={onWall} />
        </h2>
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={3} height={60} />
        ) : data.items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {point ? t('cameras.none', { metres: format.number(data.within_m) }) : t('cameras.no_point')}
          </Text>
        ) : (
          <ul className={classes.tiles}>
            {cameras.slice(0, TILES).map((camera) => (
              <li key={camera.id}>
                {mayWatch && (
                  <div className={classes.tile}>
                    <LiveTile cameraId={camera.id} camera={camera} compact onOpen={() => openAt(camera, null)} />
                  </div>
                )}
                <div className={classes.tileFoot}>
                  <span title={camera.reg_id}>{format.name(camera.name)}</span>
                  <span className={classes.faint}>
                    {t('cameras.away', { metres: format.number(camera.distance_m) })}
                  </span>
                  {mayPlayBack && camera.recorded && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      leftSection={<IconHistory size={12} />}
                      onClick={() => openAt(camera, incident.happened_ms - incident.before_s * 1000)}
                    >
                      {t('cameras.moment')}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
        {data && data.items.length > TILES && (
          <div className={classes.more}>
            {cameras.slice(TILES).map((camera) => (
              <Button
                key={camera.id}
                size="compact-xs"
                variant="subtle"
                leftSection={<IconLivePhoto size={12} />}
                onClick={() => openAt(camera, null)}
              >
                {format.name(camera.name)}
              </Button>
            ))}
          </div>
        )}
      </section>
      {point && (
        <section className={classes.panel}>
          <h2 className={classes.heading}>{t('map.title')}</h2>
          <div className={classes.smallMap}>
            <Suspense fallback={<LoadingRows rows={4} />}>
              <PointsMap
                key={`${point.lon} ${point.lat}`}
                label={t('map.title')}
                points={points}
                cameras={data?.items ?? []}
                at={[point.lon, point.lat]}
              />
            </Suspense>
          </div>
        </section>
      )}
      <Modal opened={watched !== null} onClose={close} size="80rem" title={watched ? format.name(watched.name) : ''}>
        {watched && <Player camera={watched} incident={incident} />}
      </Modal>
    </>
  );
}

function Player({ camera, incident }: { camera: NearCamera; incident: Incident }) {
  const { t } = useTranslation('incidents');
  const { data, error, refetch } = useQuery(cameraQuery(camera.id));
  const hasDisk = useHasDisk(camera.id);
  const events = useMemo(
    () => [{ atMs: incident.happened_ms, label: t('cameras.moment'), colour: 'var(--alarm)' }],
    [incident.happened_ms, t],
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={8} height={40} />;
  return <CameraPlayer camera={data} events={events} hasDisk={hasDisk} besideList />;
}
