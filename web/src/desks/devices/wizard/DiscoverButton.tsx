import { Alert, Button } from '@mantine/core';
import { IconRadar } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import classes from '@/desks/registry/wizard/wizard.module.css';

interface Found {
  address: string;
  name: string;
  make: string;
  model: string;
  host: string;
}

/** Looks for devices on the engine's networks; one is chosen by its address. */
export function DiscoverButton({ onPick }: { onPick: (address: string) => void }) {
  const { t } = useTranslation('devices');
  const search = useMutation({ mutationFn: () => api.post<{ devices: Found[] }>('/camera-discovery') });
  const devices = search.data?.devices;
  return (
    <>
      <div>
        <Button
          variant="default"
          leftSection={<IconRadar size={16} />}
          loading={search.isPending}
          onClick={() => search.mutate()}
        >
          {t('wizard.discover')}
        </Button>
      </div>
      {search.error && <Alert color="red">{sentenceOf(search.error)}</Alert>}
      {devices?.length === 0 && <Alert color="yellow">{t('wizard.discover_none')}</Alert>}
      {devices && devices.length > 0 && (
        <ul className={classes.devices} aria-label={t('wizard.discovered')}>
          {devices.map((device) => (
            <li key={device.address}>
              <button type="button" className={classes.device} onClick={() => onPick(device.address)}>
                <b>{[device.make, device.name || device.model].filter(Boolean).join(' ') || device.host}</b>
                <span>{device.host || device.address}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
