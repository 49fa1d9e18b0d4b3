import { ActionIcon, Button, Group, Modal, MultiSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { EmptyState, useFormat } from '@/kit';
import type { PtzPlace, PtzState } from '../types';
import classes from './ptz.module.css';

interface Props {
  cameraId: string;
  state: PtzState;
  disabled: boolean;
  refresh: () => Promise<unknown>;
  failed: (error: unknown) => void;
}

/** Patrols over places: they run in the media engine, also when nobody looks, until somebody moves the camera. */
export function PtzTours({ cameraId, state, disabled, refresh, failed }: Props) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const [making, setMaking] = useState(false);
  const run = (work: Promise<unknown>) => void work.then(refresh).catch(failed);
  return (
    <div className={classes.list}>
      <Group gap={8} mb={8}>
        <Button
          size="compact-sm"
          variant="light"
          disabled={state.places.length < 2}
          leftSection={<IconPlus size={14} />}
          onClick={() => setMaking(true)}
        >
          {t('ptz.new_tour')}
        </Button>
      </Group>
      {state.tours.length === 0 && <EmptyState title={t('ptz.no_tours')} hint={t('ptz.no_tours_hint')} />}
      <ul className={classes.places}>
        {state.tours.map((tour) => (
          <li key={tour.id} className={classes.place}>
            <span>
              {tour.name}
              <small>{t('ptz.stops', { count: tour.stops.length, number: format.number(tour.stops.length) })}</small>
            </span>
            <Button
              size="compact-sm"
              variant={tour.running ? 'filled' : 'default'}
              disabled={disabled}
              leftSection={tour.running ? <IconPlayerStop size={14} /> : <IconPlayerPlay size={14} />}
              onClick={() => run(api.patch(`/ptz-tours/${tour.id}`, { running: !tour.running }))}
            >
              {t(tour.running ? 'ptz.end_tour' : 'ptz.start_tour')}
            </Button>
            <ActionIcon
              variant="subtle"
              color="red"
              size={30}
              aria-label={t('ptz.delete_tour', { name: tour.name })}
              onClick={() => run(api.delete(`/ptz-tours/${tour.id}`))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {making && (
        <TourDialog cameraId={cameraId} places={state.places} onClose={() => setMaking(false)} onDone={refresh} />
      )}
    </div>
  );
}

interface DialogProps {
  cameraId: string;
  places: PtzPlace[];
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

function TourDialog({ cameraId, places, onClose, onDone }: DialogProps) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState('');
  const [stops, setStops] = useState<string[]>([]);
  const [stay, setStay] = useState<number | string>(20);
  const [failure, setFailure] = useState('');
  const send = async () => {
    try {
      const body = stops.map((preset) => ({ preset, stay_s: Number(stay) || 20 }));
      await api.post(`/cameras/${cameraId}/ptz/tours`, { name: name.trim(), stops: body });
      await onDone();
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('ptz.new_tour')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('ptz.tour_name')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <MultiSelect
            label={t('ptz.tour_stops')}
            description={t('ptz.tour_stops_hint')}
            data={places.map((place) => ({ value: place.preset, label: place.name }))}
            value={stops}
            onChange={setStops}
            error={failure}
          />
          <NumberInput label={t('ptz.stay')} min={5} max={3600} value={stay} onChange={setStay} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" disabled={!name.trim() || stops.length < 2}>
              {t('ptz.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
