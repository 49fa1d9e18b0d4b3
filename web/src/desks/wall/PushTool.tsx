import { Button } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { Tool } from '@/media';
import type { ItemIn } from './screens/types';

const PushDialog = lazy(async () => ({ default: (await import('./screens/PushDialog')).PushDialog }));

/** On every live tile: this camera onto a screen of the wall. */
export function PushTool({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('wall');
  const may = useCan('wall.control');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Tool icon={IconDeviceTv} label={t('push.tool')} onClick={() => setOpen(true)} />
      {open && (
        // What is pressed in the dialog is not meant for the tile beneath.
        <span onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()}>
          <Suspense>
            <PushDialog items={[{ kind: 'camera', camera: cameraId }]} onClose={() => setOpen(false)} />
          </Suspense>
        </span>
      )}
    </>
  );
}

/** On a page: these things onto a screen of the wall. */
export function PushButton({ items }: { items: ItemIn[] }) {
  const { t } = useTranslation('wall');
  const may = useCan('wall.control');
  const [open, setOpen] = useState(false);
  if (!may || items.length === 0) return null;
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconDeviceTv size={14} />} onClick={() => setOpen(true)}>
        {t('push.tool')}
      </Button>
      {open && (
        <Suspense>
          <PushDialog items={items} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
