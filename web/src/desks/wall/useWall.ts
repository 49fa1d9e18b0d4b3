import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearch } from '@/kit';
import { layoutsQuery } from './layouts';
import * as model from './model';

const STORED_AS = 'prahari.wall';

function firstWall(search: URLSearchParams): model.Wall {
  const cameras = search.get('cameras')?.split(',').filter(Boolean);
  const grid = Number(search.get('grid'));
  if (cameras?.length)
    return model.ofCameras(
      cameras,
      model.GRIDS.find((one) => one === grid),
    );
  return model.revived(localStorage.getItem(STORED_AS)) ?? model.EMPTY;
}

/** The wall of this window: from the address if it names one, else the last one of this machine. */
export function useWall() {
  const { search, change } = useSearch();
  const [wall, setWall] = useState(() => firstWall(search));
  const layouts = useQuery(layoutsQuery);
  const wantedLayout = search.get('layout');
  const added = search.get('add');
  const openedLayout = useRef<string | null>(null);

  useEffect(() => {
    localStorage.setItem(STORED_AS, JSON.stringify(wall));
  }, [wall]);

  // An address that names a layout opens it once; what is changed afterwards stays.
  useEffect(() => {
    if (!wantedLayout || openedLayout.current === wantedLayout) return;
    const layout = layouts.data?.find((one) => one.id === wantedLayout);
    if (!layout) return;
    openedLayout.current = wantedLayout;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address is outside React, read when the layouts came
    setWall(model.opened(layout));
  }, [wantedLayout, layouts.data]);

  useEffect(() => {
    if (!added) return;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- another desk sent a camera here through the address
    setWall((before) => model.add(before, added));
    change({ add: null });
  }, [added, change]);

  const open = useCallback(
    (layout: model.Layout) => {
      openedLayout.current = layout.id;
      setWall(model.opened(layout));
      change({ cameras: null, layout: layout.id });
    },
    [change],
  );
  return { wall, setWall, layouts, open, search };
}
