import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMe } from '@/api/queries';
import { useShortcut } from '@/kit';
import { CameraList } from './CameraList';
import { CameraPicker } from './CameraPicker';
import * as model from './model';
import { Tiles } from './Tiles';
import { Toolbar } from './Toolbar';
import { useKiosk } from './useKiosk';
import { useTour } from './useTour';
import { useWall } from './useWall';
import classes from './wall.module.css';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;

/** The video wall. */
export function Component() {
  const { t } = useTranslation('wall');
  const navigate = useNavigate();
  const me = useMe();
  const { wall, setWall, layouts, open, search } = useWall();
  const { tour, setTour, possible } = useTour(wall, setWall, layouts.data ?? [], search);
  const kiosk = useKiosk(search.get('kiosk') === '1');
  const [selected, setSelected] = useState<number | null>(null);
  const [enlarged, setEnlarged] = useState<string | null>(null);
  const [picking, setPicking] = useState<number | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [list, setList] = useState(() => window.innerWidth > 1000 && search.get('kiosk') !== '1');
  const tiles = model.shownTiles(wall);
  const shownLarge = enlarged !== null && tiles.includes(enlarged) ? enlarged : null;

  useEffect(() => {
    const before = document.title;
    document.title = `${t('title')} · Prahari`;
    return () => {
      document.title = before;
    };
  }, [t]);

  const change = useCallback((act: (before: model.Wall) => model.Wall) => setWall(act), [setWall]);
  const remove = useCallback(
    (cameraId: string) => {
      setEnlarged(null);
      setWall((before) => {
        const at = model.shownTiles(before).indexOf(cameraId);
        return at < 0 ? before : model.clear(before, at);
      });
    },
    [setWall],
  );
  const enlarge = useCallback(
    (cameraId: string) => setEnlarged((before) => (before === cameraId ? null : cameraId)),
    [],
  );

  model.GRIDS.forEach((grid, at) => {
    // The list of grids never changes, so neither does the order of hooks.
    // eslint-disable-next-line react-hooks/rules-of-hooks
    useShortcut(String(at + 1), t('key.grid', { count: grid }), () => change((before) => model.withGrid(before, grid)));
  });
  ARROWS.forEach((key) => {
    // eslint-disable-next-line react-hooks/rules-of-hooks
    useShortcut(key, t('key.move'), () =>
      setSelected((before) => (before === null ? 0 : model.neighbour(wall.grid, before, key))),
    );
  });
  useShortcut('f', t('key.full_screen'), kiosk.toggleFullScreen);
  useShortcut('h', t('key.hide'), () => kiosk.setBare(!kiosk.bare));
  useShortcut('t', t('key.tour'), () => setTour({ ...tour, running: !tour.running && possible }));
  useShortcut('b', t('key.list'), () => setList(!list));
  useShortcut('PageDown', t('key.next_page'), () => change((before) => model.turnTo(before, before.page + 1)));
  useShortcut('PageUp', t('key.previous_page'), () => change((before) => model.turnTo(before, before.page - 1)));
  useShortcut('Enter', t('key.choose'), () => selected !== null && setPicking(selected), selected !== null);
  useShortcut('Delete', t('key.remove'), () => selected !== null && change((before) => model.clear(before, selected)));
  useShortcut('e', t('key.enlarge'), () => {
    const cameraId = selected === null ? null : tiles[selected];
    if (cameraId) enlarge(cameraId);
  });
  useShortcut('Escape', t('key.back'), () => {
    if (shownLarge) setEnlarged(null);
    else if (kiosk.bare) kiosk.setBare(false);
    else setSelected(null);
  });

  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const to = over?.data.current?.tile as number | undefined;
    const cameraId = active.data.current?.cameraId as string | undefined;
    if (to === undefined || !cameraId) return;
    setSelected(to);
    change((before) => model.place(before, to, cameraId));
  };

  return (
    <div className={classes.wall} data-bare={kiosk.bare || undefined} data-idle={kiosk.idle || undefined}>
      <DndContext
        sensors={sensors}
        onDragStart={({ active }) => setDragged((active.data.current?.label as string | undefined) ?? '')}
        onDragEnd={onDragEnd}
        onDragCancel={() => setDragged(null)}
      >
        {!kiosk.bare && (
          <Toolbar
            wall={wall}
            layouts={layouts.data ?? []}
            meId={me?.id ?? ''}
            tour={tour}
            tourPossible={possible}
            list={list}
            onWall={change}
            onOpen={open}
            onTour={setTour}
            onList={() => setList(!list)}
            onHide={() => kiosk.setBare(true)}
            onFullScreen={kiosk.toggleFullScreen}
          />
        )}
        <div className={classes.body}>
          {list && !kiosk.bare && (
            <CameraList
              onWall={tiles}
              onAdd={(cameraId) =>
                change((before) =>
                  selected === null ? model.add(before, cameraId) : model.place(before, selected, cameraId),
                )
              }
            />
          )}
          <Tiles
            grid={wall.grid}
            tiles={tiles}
            selected={selected}
            enlarged={shownLarge}
            bare={kiosk.bare}
            onSelect={setSelected}
            onEnlarge={enlarge}
            onRemove={remove}
            onChoose={setPicking}
            onDropCamera={(tile, cameraId) => change((before) => model.place(before, tile, cameraId))}
            onOpenCamera={(cameraId) => void navigate(`/cameras/${cameraId}`)}
          />
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged !== null && <div className={classes.dragged}>{dragged}</div>}
        </DragOverlay>
      </DndContext>
      {picking !== null && (
        <CameraPicker
          onClose={() => setPicking(null)}
          onPick={(cameraId) => {
            change((before) => model.place(before, picking, cameraId));
            setPicking(null);
          }}
        />
      )}
    </div>
  );
}
