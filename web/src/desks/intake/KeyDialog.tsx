import { Alert, Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exampleFor } from './examples';
import type { Keyed } from './types';
import classes from './intake.module.css';

interface Props {
  keyed: Keyed;
  http_port: number;
  mqtt_port: number;
  onClose: () => void;
}

/** The key is shown this once, with what a vendor copies to try it. */
export function KeyDialog({ keyed, http_port, mqtt_port, onClose }: Props) {
  const { t } = useTranslation('intake');
  const doors = { host: location.hostname, secure: location.protocol === 'https:', http_port, mqtt_port };
  const example = exampleFor(keyed.source, keyed.key, doors);
  return (
    <Modal
      opened
      size="lg"
      title={t('key.title', { name: keyed.source.name })}
      closeOnClickOutside={false}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Alert color="yellow">{t('key.once')}</Alert>
        <div className={classes.key}>{keyed.key}</div>
        <Copy value={keyed.key} label={t('key.copy')} />
        <Text size="sm">{t('key.example')}</Text>
        <pre className={classes.example}>{example}</pre>
        <Copy value={example} label={t('key.copy_example')} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('key.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Copy({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation('intake');
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button size="xs" variant="default" onClick={copy} style={{ alignSelf: 'flex-start' }}>
          {copied ? t('key.copied') : label}
        </Button>
      )}
    </CopyButton>
  );
}
