import {
  Button,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Stack,
  Switch,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { HttpFields, SmtpFields } from './SettingsFields';
import type { Gateway, HttpSettings, SmtpSettings } from './types';

const HTTP: HttpSettings = {
  kind: 'http',
  method: 'POST',
  url: 'https://',
  headers: { Authorization: 'Bearer {secret_key}' },
  body_type: 'json',
  body: '{"to": "{to}", "text": "{text}", "reference": "{reference}", "sender": "{header}", "template_id": "{dlt_template_id}", "report_url": "{report_url}"}',
  success_statuses: [],
  success_pattern: '',
  refused_pattern: '',
  id_field: '',
  report_reference_field: 'reference',
  report_status_field: 'status',
  report_delivered: ['delivered', 'DELIVRD'],
  report_failed: ['failed', 'UNDELIV', 'EXPIRED', 'REJECTD'],
  timeout_s: 10,
};
const SMTP: SmtpSettings = {
  kind: 'smtp',
  host: '',
  port: 587,
  security: 'starttls',
  username: '',
  sender: '',
  sender_name: '',
  timeout_s: 15,
};

interface Props {
  gateway: Gateway | null;
  channel: 'sms' | 'mail';
  onClose: () => void;
}

/** Settings of a gateway. Its secret is written, never read back: left empty it stays as it is. */
export function GatewayForm({ gateway, channel, onClose }: Props) {
  const { t } = useTranslation('messages');
  const client = useQueryClient();
  const [name, setName] = useState(gateway?.name ?? '');
  const [active, setActive] = useState(gateway?.active ?? true);
  const [sort, setSort] = useState(gateway?.sort ?? 0);
  const [settings, setSettings] = useState<HttpSettings | SmtpSettings>(
    gateway?.settings ?? (channel === 'sms' ? HTTP : SMTP),
  );
  const secretName = channel === 'sms' ? 'key' : 'password';
  const [secret, setSecret] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setFailure('');
    setErrors({});
    const body = { name, active, sort, settings, reason, ...(secret ? { secrets: { [secretName]: secret } } : {}) };
    try {
      if (gateway) await api.patch(`/message-gateways/${gateway.id}`, { ...body, edited_ms: gateway.edited_ms });
      else await api.post('/message-gateways', { ...body, channel });
      await client.invalidateQueries({ queryKey: ['messages'] });
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const error = (field: string) =>
    Object.entries(errors).find(([key]) => key === field || key.endsWith(`.${field}`))?.[1];
  return (
    <Modal opened onClose={onClose} size="lg" title={gateway?.name ?? t(`gateways.add_${channel}`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput
              required
              label={t('gateways.name')}
              value={name}
              error={error('name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <NumberInput
              label={t('gateways.sort')}
              min={0}
              max={1000}
              value={sort}
              onChange={(value) => setSort(Number(value) || 0)}
            />
          </Group>
          <Switch
            label={t('gateways.active')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
          {settings.kind === 'http' ? (
            <HttpFields settings={settings} error={error} onChange={setSettings} />
          ) : (
            <SmtpFields settings={settings} error={error} onChange={setSettings} />
          )}
          <PasswordInput
            autoComplete="new-password"
            label={t(`gateways.secret_${channel}`)}
            description={t(
              gateway?.secret_names.includes(secretName) ? 'gateways.secret_kept' : 'gateways.secret_none',
            )}
            value={secret}
            error={error(`secrets.${secretName}`)}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Textarea
            required={gateway !== null}
            label={t('kit:reason_dialog.label')}
            autosize
            value={reason}
            error={error('reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {failure && (
            <Text size="sm" c="red" role="alert">
              {failure}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
