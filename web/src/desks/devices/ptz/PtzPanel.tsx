import { Alert, Button, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { ptzQuery } from '../queries';
import type { PtzState } from '../types';
import type { Order } from './moves';
import { PtzPad } from './PtzPad';
import { PtzPlaces } from './PtzPlaces';
import { PtzTours } from './PtzTours';
import classes from './ptz.module.css';

/** Whether this reader may move this camera now; false until that is known. */
export function useMovable(cameraId: string, enabled: boolean): boolean {
  const { data } = useQuery({ ...ptzQuery(cameraId), enabled });
  return enabled && data !== undefined && data.movable && data.may;
}

/** Beside the picture of a camera that can be moved, for those who may; nothing for all others. */
export function PtzPanel({ cameraId }: { cameraId: string }) {
  const { data } = useQuery(ptzQuery(cameraId));
  if (!data?.movable || !data.may) return null;
  return <Panel cameraId={cameraId} state={data} />;
}

function Panel({ cameraId, state }: { cameraId: string; state: PtzState }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const refresh = useCallback(() => client.invalidateQueries({ queryKey: ['ptz', cameraId] }), [client, cameraId]);
  const move = useCallback(
    async (order: Order) => {
      await api.post(`/cameras/${cameraId}/ptz/moves`, order);
      setFailure(null);
      await refresh();
    },
    [cameraId, refresh],
  );
  const failed = useCallback(
    (error: unknown) => {
      setFailure(error);
      void refresh();
    },
    [refresh],
  );
  const { holder } = state;
  const others = holder !== null && !holder.mine;
  const running = state.tours.find((tour) => tour.running);
  const mayTake = others && state.first;
  const isHeld = failure instanceof ApiError && failure.code.startsWith('held');

  return (
    <section className={classes.panel} aria-label={t('ptz.title')}>
      <div className={classes.holder} role="status">
        {others && t('ptz.held_by', { name: holder.name })}
        {holder?.mine && t('ptz.yours', { time: format.time(holder.until_ms) })}
        {!holder && (running ? t('ptz.on_tour', { name: running.name }) : t('ptz.free'))}
        {mayTake && (
          <Button
            size="compact-xs"
            variant="light"
            color="red"
            onClick={() => void move({ kind: 'stop', take_over: true }).catch(failed)}
          >
            {t('ptz.take_over')}
          </Button>
        )}
        {holder?.mine && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void api.post(`/cameras/${cameraId}/ptz/release`).then(refresh)}
          >
            {t('ptz.release')}
          </Button>
        )}
      </div>
      {failure !== null && !isHeld && (
        <Alert color="red" variant="light" p="xs" role="alert" withCloseButton onClose={() => setFailure(null)}>
          {sentenceOf(failure)}
        </Alert>
      )}
      <div className={classes.columns}>
        <PtzPad disabled={others} move={move} failed={failed} />
        <Tabs defaultValue="places" className={classes.lists}>
          <Tabs.List>
            <Tabs.Tab value="places">{t('ptz.places')}</Tabs.Tab>
            <Tabs.Tab value="tours">{t('ptz.tours')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="places">
            <PtzPlaces
              cameraId={cameraId}
              places={state.places}
              disabled={others}
              go={(preset) => void move({ kind: 'go_to_preset', preset }).catch(failed)}
              refresh={refresh}
              failed={failed}
            />
          </Tabs.Panel>
          <Tabs.Panel value="tours">
            <PtzTours cameraId={cameraId} state={state} disabled={others} refresh={refresh} failed={failed} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </section>
  );
}
