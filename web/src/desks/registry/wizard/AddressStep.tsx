import {
  Alert,
  Button,
  Group,
  PasswordInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { IconRadar } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { splitAddress } from './draft';
import { fromDevice, STREAM_PATHS, withPath } from './paths';
import classes from './wizard.module.css';
import type { StepProps } from './WizardPage';

interface Device {
  address: string;
  name: string;
  make: string;
  model: string;
  host: string;
}

/** Where the camera is reached: typed, or found on the network by ONVIF. */
export function AddressStep({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation('wizard');
  const discovery = useMutation({
    mutationFn: () => api.post<{ devices: Device[]; detail?: string }>('/camera-discovery'),
  });
  const devices = discovery.data?.devices;

  /** An address pasted with user name and password is taken apart: they are not to be seen or stored. */
  const typed = (text: string) => {
    const { url, username, password } = splitAddress(text);
    change(username || password ? { url, username, password } : { url: text });
  };
  return (
    <Stack gap="md">
      <TextInput
        label={t('url')}
        description={t('url_hint')}
        value={draft.url}
        error={errorOf('url')}
        spellCheck={false}
        autoCapitalize="off"
        inputMode="url"
        onChange={(event) => typed(event.currentTarget.value)}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('make_path')}
          description={t('make_path_hint')}
          placeholder={t('choose')}
          data={STREAM_PATHS.map(({ make }) => make)}
          value={null}
          onChange={(make) => {
            const known = STREAM_PATHS.find((one) => one.make === make);
            if (known) change({ url: withPath(draft.url, known.path) });
          }}
        />
        <div className={classes.alignEnd}>
          <Button
            variant="default"
            leftSection={<IconRadar size={16} />}
            loading={discovery.isPending}
            onClick={() => discovery.mutate()}
          >
            {t('discover')}
          </Button>
        </div>
      </SimpleGrid>
      {discovery.error && <Alert color="red">{sentenceOf(discovery.error)}</Alert>}
      {devices?.length === 0 && <Alert color="yellow">{t('discover_none')}</Alert>}
      {devices && devices.length > 0 && (
        <ul className={classes.devices} aria-label={t('discovered')}>
          {devices.map((device) => (
            <li key={device.address}>
              <button type="button" className={classes.device} onClick={() => change({ url: fromDevice(device) })}>
                <b>{[device.make, device.model].filter(Boolean).join(' ') || device.name || device.host}</b>
                <span>{device.host || device.address}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        label={t('sub_address')}
        description={t('sub_address_hint')}
        value={draft.subUrl ?? ''}
        error={errorOf('sub_url')}
        spellCheck={false}
        autoCapitalize="off"
        inputMode="url"
        onChange={(event) => {
          const { url, username, password } = splitAddress(event.currentTarget.value);
          change(username || password ? { subUrl: url, username, password } : { subUrl: event.currentTarget.value });
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('username')}
          autoComplete="off"
          value={draft.username}
          error={errorOf('username')}
          onChange={(event) => change({ username: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('password')}
          description={t('password_hint')}
          autoComplete="new-password"
          value={draft.password}
          error={errorOf('password')}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Group gap="xl">
        <div>
          <div className={classes.label}>{t('transport')}</div>
          <SegmentedControl
            size="xs"
            aria-label={t('transport')}
            value={draft.transport}
            onChange={(value) => change({ transport: value as 'tcp' | 'udp' })}
            data={[
              { value: 'tcp', label: 'TCP' },
              { value: 'udp', label: 'UDP' },
            ]}
          />
        </div>
        <div>
          <div className={classes.label}>{t('record_mode')}</div>
          <SegmentedControl
            size="xs"
            aria-label={t('record_mode')}
            value={draft.recordMode}
            onChange={(value) => change({ recordMode: value as typeof draft.recordMode })}
            data={[
              { value: 'continuous', label: t('record_continuous') },
              { value: 'on_event', label: t('record_on_event') },
              { value: 'none', label: t('record_none') },
              { value: 'rule', label: t('record_by_rule') },
            ]}
          />
        </div>
      </Group>
    </Stack>
  );
}
