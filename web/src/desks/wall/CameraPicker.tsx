import { Modal, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { camerasQuery, placeText } from './cameras';

/** Type a name, press Enter: the camera stands in the chosen tile. */
export function CameraPicker({ onPick, onClose }: { onPick: (cameraId: string) => void; onClose: () => void }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 150);
  const { data } = useQuery(camerasQuery(q, false));
  return (
    <Modal opened onClose={onClose} title={t('choose_title')} yOffset="14vh" centered={false}>
      <Select
        data-autofocus
        searchable
        selectFirstOptionOnChange
        label={t('search')}
        data={(data?.items ?? []).map((camera) => ({
          value: camera.id,
          label: `${format.name(camera.name)} · ${format.name(placeText(camera))}`,
        }))}
        // The server has searched already, in both scripts.
        filter={({ options }) => options}
        searchValue={typed}
        onSearchChange={setTyped}
        nothingFoundMessage={t('nothing')}
        onChange={(cameraId) => cameraId && onPick(cameraId)}
        comboboxProps={{ withinPortal: true }}
        maxDropdownHeight={360}
      />
    </Modal>
  );
}
