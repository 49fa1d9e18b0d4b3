import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconLayoutSidebarRight, IconList, IconMap2 } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { MapAnswer } from '@/api/types';
import { ErrorState, LoadingRows, useFormat, useSearch, useShortcut } from '@/kit';
import { FilterBar } from '../FilterBar';
import { useFilters } from '../filters';
import type { View } from '../map/CityMap';
import { CameraPanel } from './CameraPanel';
import { ClassBar } from './ClassBar';
import classes from './CityPage.module.css';
import { FavouriteStrip } from './FavouriteStrip';
import { ViewList } from './ViewList';

const CityMap = lazy(() => import('../map/CityMap'));

/** Cells of a hundredth of a degree: a small move reads nothing anew. */
const CELL_DEG = 0.02;
const outward = ([west, south, east, north]: View['bbox']) =>
  [
    Math.floor(west / CELL_DEG) * CELL_DEG,
    Math.floor(south / CELL_DEG) * CELL_DEG,
    Math.ceil(east / CELL_DEG) * CELL_DEG,
    Math.ceil(north / CELL_DEG) * CELL_DEG,
  ]
    .map((degrees) => degrees.toFixed(4))
    .join(',');

function targetOf(text: string | null): [number, number, number] | null {
  const parts = text?.split(',').map(Number) ?? [];
  const [lon, lat, zoom = 14] = parts;
  return lon !== undefined && lat !== undefined && parts.every(Number.isFinite) ? [lon, lat, zoom] : null;
}

/** The city: map, what is in view beside it, one camera opened, favourites live, counts by owner class. */
export function Component() {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const { filters, setFilters, clear, count } = useFilters();
  const { search, change } = useSearch();
  const [view, setView] = useState<View | null>(null);
  const [filtering, setFiltering] = useState(false);
  const [panel, setPanel] = useState(true);
  const [phoneSide, setPhoneSide] = useState<'map' | 'list'>('map');
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const selected = search.get('camera');
  const target = useMemo(() => targetOf(search.get('at')), [search]);

  const select = useCallback(
    (cameraId: string | null) => {
      change({ camera: cameraId, at: null });
      if (cameraId) setPanel(true);
    },
    [change],
  );

  const bbox = view ? outward(view.bbox) : '';
  const zoom = view ? Math.floor(view.zoom) : 0;
  const map = useQuery({
    queryKey: ['camera-map', bbox, zoom, filters],
    queryFn: ({ signal }) => api.get<MapAnswer>('/cameras/map', { ...filters, bbox, zoom }, signal),
    enabled: view !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

  useShortcut('Escape', t('city.close'), () => select(null), selected !== null);
  useShortcut('p', t('city.panel'), () => setPanel((shown) => !shown));
  useShortcut('x', t('filter.open'), () => setFiltering((shown) => !shown));

  const showPanel = onPhone ? phoneSide === 'list' || selected !== null : panel;
  return (
    <div className={classes.city} data-panel={showPanel || undefined}>
      <div className={classes.stage}>
        <Suspense fallback={<LoadingRows />}>
          <CityMap data={map.data} selected={selected} onSelect={select} onView={setView} at={target} />
        </Suspense>
        <div className={classes.tools}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFilter size={14} />}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          >
            {count > 0 ? t('filter.active', { count, number: format.number(count) }) : t('filter.open')}
          </Button>
          {map.data && <span className={classes.asOf}>{t('as_of', { time: format.time(map.data.as_of_ms) })}</span>}
        </div>
        {(filtering || count > 0) && (
          <div className={classes.filters} hidden={!filtering}>
            <FilterBar
              filters={filters}
              setFilters={setFilters}
              clear={clear}
              offer={['status', 'owner_class', 'department', 'jurisdiction', 'recorded']}
            />
          </div>
        )}
        {!onPhone && (
          <Tooltip label={`${t('city.panel')}  P`} position="left">
            <ActionIcon
              className={classes.panelSwitch ?? ''}
              variant="default"
              aria-label={t('city.panel')}
              onClick={() => setPanel(!panel)}
            >
              <IconLayoutSidebarRight size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        {map.isError && (
          <div className={classes.failure}>
            <ErrorState error={map.error} onRetry={() => void map.refetch()} />
          </div>
        )}
      </div>
      {showPanel && (
        <aside className={classes.panel}>
          {selected ? (
            <CameraPanel key={selected} cameraId={selected} onClose={() => select(null)} />
          ) : (
            <ViewList answer={map.data} view={view} filters={filters} onSelect={select} />
          )}
        </aside>
      )}
      <div className={classes.under}>
        <FavouriteStrip onSelect={select} />
        <ClassBar chosen={filters.owner_class ?? ''} onChoose={(owner_class) => setFilters({ owner_class })} />
      </div>
      {onPhone && !selected && (
        <SegmentedControl
          className={classes.phoneSwitch ?? ''}
          size="xs"
          value={phoneSide}
          onChange={(side) => setPhoneSide(side as 'map' | 'list')}
          data={[
            { value: 'map', label: <IconMap2 size={16} aria-label={t('city.title')} /> },
            { value: 'list', label: <IconList size={16} aria-label={t('city.list')} /> },
          ]}
        />
      )}
    </div>
  );
}
