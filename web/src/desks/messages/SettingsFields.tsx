import { Group, NumberInput, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HttpSettings, SmtpSettings } from './types';

interface Props<Settings> {
  settings: Settings;
  error: (field: string) => string | undefined;
  onChange: (settings: Settings) => void;
}

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

const headersOf = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => line.split(/:\s*(.*)/s).map((part) => part.trim()))
      .filter((parts) => parts[0])
      .map(([name, value]) => [name ?? '', value ?? '']),
  );

export function HttpFields({ settings, error, onChange }: Props<HttpSettings>) {
  const { t } = useTranslation('messages');
  const [headers, setHeaders] = useState(lines(settings.headers ?? {}));
  const put = (part: Partial<HttpSettings>) => onChange({ ...settings, ...part });
  return (
    <>
      <Group align="flex-start" wrap="nowrap">
        <Select
          w={110}
          label={t('http.method')}
          allowDeselect={false}
          data={['POST', 'GET', 'PUT']}
          value={settings.method ?? 'POST'}
          onChange={(value) => put({ method: value as HttpSettings['method'] })}
        />
        <TextInput
          required
          flex={1}
          label={t('http.url')}
          value={settings.url}
          error={error('url')}
          onChange={(event) => put({ url: event.currentTarget.value })}
        />
      </Group>
      <Textarea
        autosize
        label={t('http.headers')}
        value={headers}
        error={error('headers')}
        onChange={(event) => {
          setHeaders(event.currentTarget.value);
          put({ headers: headersOf(event.currentTarget.value) });
        }}
      />
      <Group align="flex-start" wrap="nowrap">
        <Select
          w={110}
          label={t('http.body_type')}
          allowDeselect={false}
          data={['json', 'form', 'none']}
          value={settings.body_type ?? 'json'}
          onChange={(value) => put({ body_type: value as HttpSettings['body_type'] })}
        />
        <Textarea
          flex={1}
          autosize
          label={t('http.body')}
          description={t('http.placeholders')}
          value={settings.body ?? ''}
          error={error('body')}
          onChange={(event) => put({ body: event.currentTarget.value })}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t('http.success_pattern')}
          description={t('http.pattern_hint')}
          value={settings.success_pattern ?? ''}
          error={error('success_pattern')}
          onChange={(event) => put({ success_pattern: event.currentTarget.value })}
        />
        <TextInput
          label={t('http.refused_pattern')}
          description={t('http.refused_hint')}
          value={settings.refused_pattern ?? ''}
          error={error('refused_pattern')}
          onChange={(event) => put({ refused_pattern: event.currentTarget.value })}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t('http.id_field')}
          placeholder="data.id"
          value={settings.id_field ?? ''}
          error={error('id_field')}
          onChange={(event) => put({ id_field: event.currentTarget.value })}
        />
        <Timeout value={settings.timeout_s ?? 10} onChange={(timeout_s) => put({ timeout_s })} />
      </Group>
    </>
  );
}

export function SmtpFields({ settings, error, onChange }: Props<SmtpSettings>) {
  const { t } = useTranslation('messages');
  const put = (part: Partial<SmtpSettings>) => onChange({ ...settings, ...part });
  return (
    <>
      <Group align="flex-start" wrap="nowrap">
        <TextInput
          required
          flex={1}
          label={t('smtp.host')}
          value={settings.host}
          error={error('host')}
          onChange={(event) => put({ host: event.currentTarget.value })}
        />
        <NumberInput
          w={110}
          label={t('smtp.port')}
          min={1}
          max={65535}
          value={settings.port ?? 587}
          error={error('port')}
          onChange={(value) => put({ port: Number(value) || 587 })}
        />
      </Group>
      <Select
        label={t('smtp.security')}
        allowDeselect={false}
        data={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`smtp.security_${value}`) }))}
        value={settings.security ?? 'starttls'}
        onChange={(value) => put({ security: value as SmtpSettings['security'] })}
      />
      <TextInput
        autoComplete="off"
        label={t('smtp.username')}
        value={settings.username ?? ''}
        error={error('username')}
        onChange={(event) => put({ username: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          required
          label={t('smtp.sender')}
          value={settings.sender}
          error={error('sender')}
          onChange={(event) => put({ sender: event.currentTarget.value })}
        />
        <TextInput
          label={t('smtp.sender_name')}
          value={settings.sender_name ?? ''}
          error={error('sender_name')}
          onChange={(event) => put({ sender_name: event.currentTarget.value })}
        />
      </Group>
      <Timeout value={settings.timeout_s ?? 15} onChange={(timeout_s) => put({ timeout_s })} />
    </>
  );
}

function Timeout({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation('messages');
  return (
    <NumberInput
      label={t('timeout_s')}
      min={1}
      max={30}
      value={value}
      onChange={(given) => onChange(Math.min(30, Math.max(1, Number(given) || 10)))}
    />
  );
}
