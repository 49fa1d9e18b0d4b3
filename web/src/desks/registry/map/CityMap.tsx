import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { liveness } from '@/api/liveness';
import { useCan } from '@/api/queries';
import type { MapAnswer } from '@/api/types';
import { ringAlarms } from '@/desks/alarms/map';
import { alarmsByCameraQuery } from '@/desks/alarms/queries';
import { useFormat } from '@/kit';
import { CameraLayer } from './CameraLayer';
import classes from './CityMap.module.css';
import type { Cluster } from './cluster';
import type { Obstacle } from './labels';
import { useBaseMap } from './useBaseMap';

export interface View {
  /** west, south, east, north */
  bbox: [number, number, number, number];
  zoom: number;
}

interface Props {
  data: MapAnswer | undefined;
  selected: string | null;
  onSelect: (cameraId: string | null) => void;
  onView: (view: View) => void;
  /** Where to look first, and again whenever it changes. */
  at?: [number, number, number] | null;
}

const REDRAW_AT_MOST_EVERY_MS = 500;

/** The map of the city with its cameras. */
export default function CityMap({ data, selected, onSelect, onView, at }: Props) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion, labels } = useBaseMap(container, at ? { at: [at[0], at[1]], zoom: at[2] } : {});
  const [layer, setLayer] = useState<CameraLayer | null>(null);

  const clusterLabel = useCallback(
    (cluster: Cluster) =>
      t('map.cluster', {
        count: cluster.count,
        number: format.number(cluster.count),
        live: format.number(cluster.by_status.live ?? 0),
      }),
    [format, t],
  );
  const handlers = useMemo(
    () => ({
      onSelect,
      number: (value: number) => format.number(value),
      clusterLabel,
      onRings: (rings: Obstacle[]) => labels?.setObstacles(rings),
    }),
    [clusterLabel, format, labels, onSelect],
  );
  const latestHandlers = useRef(handlers);
  useEffect(() => {
    latestHandlers.current = handlers;
    layer?.setHandlers(handlers);
  }, [handlers, layer]);

  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const made = new CameraLayer(map, scheme, latestHandlers.current);
    setLayer(made);
    return () => {
      made.remove();
      setLayer(null);
    };
    // A new style version follows every change of scheme.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, styleVersion]);

  useEffect(() => {
    if (data) layer?.setData(data.cameras, data.clusters);
  }, [data, layer]);
  useEffect(() => layer?.select(selected), [layer, selected]);

  useEffect(() => {
    if (!layer) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = liveness.subscribeAll(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        layer.draw();
      }, REDRAW_AT_MOST_EVERY_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [layer]);

  useEffect(() => {
    if (!map) return;
    const tell = () => {
      const bounds = map.getBounds();
      onView({ bbox: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], zoom: map.getZoom() });
    };
    tell();
    map.on('moveend', tell);
    return () => void map.off('moveend', tell);
  }, [map, onView]);

  const alarms = useQuery({ ...alarmsByCameraQuery, enabled: useCan('alarm.view') }).data;
  useEffect(() => {
    if (!map || !alarms) return;
    return ringAlarms(map, alarms, (one) =>
      t('alarms:of_camera', { count: one.open, number: format.number(one.open) }),
    );
  }, [map, alarms, format, t]);

  const target = at?.join(',');
  const firstTarget = useRef(target);
  useEffect(() => {
    if (!map || !target || target === firstTarget.current) return;
    firstTarget.current = undefined;
    const [lon = 0, lat = 0, zoom = 14] = target.split(',').map(Number);
    map.easeTo({ center: [lon, lat], zoom });
  }, [map, target]);

  return <div ref={container} className={classes.map} data-scheme={scheme} role="region" aria-label={t('map.label')} />;
}
