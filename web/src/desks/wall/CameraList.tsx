import { useDraggable } from '@dnd-kit/core';
import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { overlay, useLiveness } from '@/api/liveness';
import type { CameraRow } from '@/api/types';
import { EmptyState, ErrorState, LoadingRows, StatusIcon, useFormat } from '@/kit';
import { camerasQuery, placeText } from './cameras';
import classes from './wall.module.css';

interface Props {
  /** Cameras that stand on the wall already. */
  onWall: (string | null)[];
  onAdd: (cameraId: string) => void;
}

/** Cameras to put on the wall: drag one onto a tile, or press it to fill the next free one. */
export function CameraList({ onWall, onAdd }: Props) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [onlyLive, setOnlyLive] = useState(false);
  const [q] = useDebouncedValue(typed.trim(), 180);
  const { data, error, refetch } = useQuery(camerasQuery(q, onlyLive));
  return (
    <aside className={classes.list} aria-label={t('cameras')}>
      <div className={classes.listHead}>
        <TextInput
          size="xs"
          leftSection={<IconSearch size={14} />}
          placeholder={t('search')}
          aria-label={t('search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Checkbox size="xs" label={t('only_live')} checked={onlyLive} onChange={() => setOnlyLive(!onlyLive)} />
      </div>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={10} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('nothing')} hint={t('nothing_hint')} />
      ) : (
        <ul className={classes.rows}>
          {data.items.map((camera) => (
            <Row key={camera.id} camera={camera} on={onWall.includes(camera.id)} onAdd={onAdd} />
          ))}
          {data.total > data.items.length && (
            <li className={classes.more}>
              {t('more', { shown: format.number(data.items.length), total: format.number(data.total) })}
            </li>
          )}
        </ul>
      )}
    </aside>
  );
}

function Row({ camera, on, onAdd }: { camera: CameraRow; on: boolean; onAdd: (cameraId: string) => void }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const { status } = overlay(camera, useLiveness(camera.id));
  const name = format.name(camera.name);
  const { setNodeRef, listeners } = useDraggable({
    id: `list:${camera.id}`,
    data: { cameraId: camera.id, label: name },
  });
  return (
    <li>
      <button
        ref={setNodeRef}
        type="button"
        className={classes.row}
        data-on={on || undefined}
        title={t(on ? 'on_wall' : 'add')}
        onClick={() => onAdd(camera.id)}
        {...listeners}
      >
        <StatusIcon status={status} size={11} />
        <span className={classes.rowText}>
          <span>{name}</span>
          <span className={classes.rowPlace}>{format.name(placeText(camera))}</span>
        </span>
      </button>
    </li>
  );
}
