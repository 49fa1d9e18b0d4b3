import { useDraggable, useDroppable } from '@dnd-kit/core';
import { ActionIcon } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { memo, useMemo, type CSSProperties, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveTile, Tool } from '@/media';
import type { Grid } from './model';
import classes from './wall.module.css';

interface Props {
  grid: Grid;
  tiles: (string | null)[];
  selected: number | null;
  enlarged: string | null;
  bare: boolean;
  onSelect: (tile: number) => void;
  onEnlarge: (cameraId: string) => void;
  onRemove: (cameraId: string) => void;
  onChoose: (tile: number) => void;
  onDropCamera: (tile: number, cameraId: string) => void;
  onOpenCamera: (cameraId: string) => void;
}

const DRAGGED_CAMERA = 'application/x-prahari-camera';

/**
 * Two layers in one grid: cells that things are dropped on, and pictures keyed by camera, so that a camera that moves
 * to another tile keeps its connection.
 */
export function Tiles(props: Props) {
  const { grid, tiles, selected, enlarged } = props;
  const side = Math.sqrt(grid);
  const area = (tile: number): CSSProperties => ({
    gridRow: Math.floor(tile / side) + 1,
    gridColumn: (tile % side) + 1,
  });
  const cameras = tiles
    .map((cameraId, tile) => ({ cameraId, tile }))
    .filter((one): one is { cameraId: string; tile: number } => one.cameraId !== null)
    // Always in the same order: a <video> that is moved in the document stops.
    .sort((one, other) => (one.cameraId < other.cameraId ? -1 : 1));
  return (
    <div
      className={classes.tiles}
      style={{ '--side': side } as CSSProperties}
      data-enlarged={enlarged !== null || undefined}
    >
      {tiles.map((cameraId, tile) => (
        <Cell
          key={tile}
          tile={tile}
          style={area(tile)}
          empty={cameraId === null}
          selected={selected === tile}
          bare={props.bare}
          onSelect={props.onSelect}
          onChoose={props.onChoose}
          onDropCamera={props.onDropCamera}
        />
      ))}
      {cameras.map(({ cameraId, tile }) => (
        <Picture
          key={cameraId}
          cameraId={cameraId}
          tile={tile}
          row={Math.floor(tile / side) + 1}
          column={(tile % side) + 1}
          selected={selected === tile && !props.bare}
          enlarged={enlarged === cameraId}
          onSelect={props.onSelect}
          onEnlarge={props.onEnlarge}
          onRemove={props.onRemove}
          onDropCamera={props.onDropCamera}
          onOpenCamera={props.onOpenCamera}
        />
      ))}
    </div>
  );
}

/** Cameras dragged here from the map, a table or the palette. */
function nativeDrop(tile: number, onDropCamera: (tile: number, cameraId: string) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(DRAGGED_CAMERA)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const cameraId = event.dataTransfer.getData(DRAGGED_CAMERA);
      if (!cameraId) return;
      event.preventDefault();
      onDropCamera(tile, cameraId);
    },
  };
}

interface CellProps {
  tile: number;
  style: CSSProperties;
  empty: boolean;
  selected: boolean;
  bare: boolean;
  onSelect: (tile: number) => void;
  onChoose: (tile: number) => void;
  onDropCamera: (tile: number, cameraId: string) => void;
}

function Cell({ tile, style, empty, selected, bare, onSelect, onChoose, onDropCamera }: CellProps) {
  const { t } = useTranslation('wall');
  const { setNodeRef, isOver } = useDroppable({ id: `tile:${tile}`, data: { tile } });
  return (
    <div
      ref={setNodeRef}
      className={classes.cell}
      style={style}
      data-over={isOver || undefined}
      data-selected={(selected && !bare) || undefined}
      data-empty={empty || undefined}
      onClick={() => onSelect(tile)}
      {...nativeDrop(tile, onDropCamera)}
    >
      {empty && !bare && (
        <ActionIcon
          variant="subtle"
          size={44}
          aria-label={t('choose', { number: tile + 1 })}
          onClick={() => onChoose(tile)}
        >
          <IconPlus size={22} stroke={1.4} />
        </ActionIcon>
      )}
    </div>
  );
}

interface PictureProps {
  cameraId: string;
  tile: number;
  row: number;
  column: number;
  selected: boolean;
  enlarged: boolean;
  onSelect: (tile: number) => void;
  onEnlarge: (cameraId: string) => void;
  onRemove: (cameraId: string) => void;
  onDropCamera: (tile: number, cameraId: string) => void;
  onOpenCamera: (cameraId: string) => void;
}

const Picture = memo(function Picture(props: PictureProps) {
  const { cameraId, tile, row, column, selected, enlarged, onRemove, onOpenCamera } = props;
  const { t } = useTranslation('wall');
  const { setNodeRef, listeners, isDragging } = useDraggable({
    id: `camera:${cameraId}`,
    data: { cameraId, label: t('moving') },
  });
  const actions = useMemo(
    () => <Tool icon={IconX} label={t('remove')} onClick={() => onRemove(cameraId)} />,
    [t, onRemove, cameraId],
  );
  const open = useMemo(() => () => onOpenCamera(cameraId), [onOpenCamera, cameraId]);
  return (
    <div
      ref={setNodeRef}
      className={classes.picture}
      style={enlarged ? undefined : { gridRow: row, gridColumn: column, order: tile }}
      data-enlarged={enlarged || undefined}
      data-selected={selected || undefined}
      data-dragging={isDragging || undefined}
      tabIndex={0}
      onFocus={() => props.onSelect(tile)}
      onClick={() => props.onSelect(tile)}
      onDoubleClick={() => props.onEnlarge(cameraId)}
      {...nativeDrop(tile, props.onDropCamera)}
      {...listeners}
    >
      <LiveTile cameraId={cameraId} large={enlarged} actions={actions} onOpen={open} />
    </div>
  );
});
