import { Anchor, Text } from '@mantine/core';
import { IconZoomIn } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString } from '@/api/client';
import { overlay, useLiveness } from '@/api/liveness';
import type { MapAnswer, MapCamera } from '@/api/types';
import { EmptyState, LoadingRows, StatusIcon, useFormat } from '@/kit';
import type { Filters } from '../filters';
import type { View } from '../map/CityMap';
import classes from './ViewList.module.css';

const ROW_PX = 44;

interface Props {
  answer: MapAnswer | undefined;
  view: View | null;
  filters: Filters;
  onSelect: (cameraId: string) => void;
}

/** The cameras within the map's edges, following it. */
export function ViewList({ answer, view, filters, onSelect }: Props) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const cameras = useMemo(() => {
    if (!answer || !view) return [];
    const [west, south, east, north] = view.bbox;
    return answer.cameras.filter(({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north);
  }, [answer, view]);
  const rows = useVirtualizer({
    count: cameras.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const clustered = answer?.clusters.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const shown = clustered || cameras.length;
  return (
    <>
      <header className={classes.head}>
        <Text size="sm" fw={600}>
          {t('city.in_view', { count: shown, number: format.number(shown) })}
        </Text>
        <Anchor component={Link} size="xs" to={`/cameras${queryString({ ...filters })}`}>
          {t('city.as_table')}
        </Anchor>
      </header>
      <div className={classes.scroller} ref={scroller}>
        {!answer && <LoadingRows />}
        {clustered > 0 && <EmptyState icon={IconZoomIn} title={t('city.too_many')} hint={t('city.too_many_hint')} />}
        {answer && shown === 0 && <EmptyState title={t('city.none')} hint={t('city.none_hint')} />}
        <div className={classes.all} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const camera = cameras[index];
            return camera ? <Row key={camera.id} camera={camera} top={start} onSelect={onSelect} /> : null;
          })}
        </div>
      </div>
    </>
  );
}

function Row({ camera: read, top, onSelect }: { camera: MapCamera; top: number; onSelect: (id: string) => void }) {
  const format = useFormat();
  const camera = overlay(read, useLiveness(read.id));
  return (
    <button
      type="button"
      className={classes.row}
      style={{ transform: `translateY(${top}px)`, height: ROW_PX }}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('application/x-prahari-camera', camera.id)}
      onClick={() => onSelect(camera.id)}
    >
      <StatusIcon status={camera.status} />
      <span className={classes.text}>
        <span className={classes.name}>{format.name(camera.name)}</span>
        <span className={classes.note}>{camera.reg_id}</span>
      </span>
    </button>
  );
}
