import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconDots, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { EmptyState } from '@/kit';
import type { PtzPlace } from '../types';
import classes from './ptz.module.css';

interface Props {
  cameraId: string;
  places: PtzPlace[];
  disabled: boolean;
  go: (preset: string) => void;
  refresh: () => Promise<unknown>;
  failed: (error: unknown) => void;
}

/** Places that the camera's own memory keeps, by the names that people gave them. */
export function PtzPlaces({ cameraId, places, disabled, go, refresh, failed }: Props) {
  const { t } = useTranslation('devices');
  const [naming, setNaming] = useState<'new' | PtzPlace | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      await refresh();
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.list}>
      <Group gap={8} mb={8}>
        <Button
          size="compact-sm"
          variant="light"
          disabled={disabled}
          leftSection={<IconBookmarkPlus size={14} />}
          onClick={() => setNaming('new')}
        >
          {t('ptz.keep')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          leftSection={<IconRefresh size={14} />}
          onClick={() => void run(() => api.post(`/cameras/${cameraId}/ptz/places/read`))}
        >
          {t('ptz.read')}
        </Button>
      </Group>
      {places.length === 0 && <EmptyState title={t('ptz.no_places')} hint={t('ptz.no_places_hint')} />}
      <ul className={classes.places}>
        {places.map((place) => (
          <li key={place.id} className={classes.place}>
            <button type="button" disabled={disabled} onClick={() => go(place.preset)}>
              {place.name}
            </button>
            <Menu position="bottom-end" shadow="none">
              <Menu.Target>
                <ActionIcon variant="subtle" size={30} aria-label={t('ptz.more', { name: place.name })}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setNaming(place)}>{t('ptz.rename')}</Menu.Item>
                <Menu.Item color="red" onClick={() => void run(() => api.delete(`/ptz-places/${place.id}`))}>
                  {t('ptz.forget')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ul>
      {naming && (
        <NameDialog
          title={t(naming === 'new' ? 'ptz.keep' : 'ptz.rename')}
          name={naming === 'new' ? '' : naming.name}
          onClose={() => setNaming(null)}
          onName={(name) =>
            void run(() =>
              naming === 'new'
                ? api.post(`/cameras/${cameraId}/ptz/places`, { name })
                : api.patch(`/ptz-places/${naming.id}`, { name }),
            )
          }
        />
      )}
    </div>
  );
}

function NameDialog(props: { title: string; name: string; onClose: () => void; onName: (name: string) => void }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState(props.name);
  const plain = name.trim();
  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!plain) return;
          props.onName(plain);
          props.onClose();
        }}
      >
        <TextInput
          data-autofocus
          label={t('ptz.place_name')}
          description={t('ptz.place_name_hint')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            {t('kit:cancel')}
          </Button>
          <Button type="submit" disabled={!plain}>
            {t('ptz.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
