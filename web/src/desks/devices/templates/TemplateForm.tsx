import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  SimpleGrid,
  Stack,
  Tabs,
  Text,
  TextInput,
} from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { BilingualInput, useFormat } from '@/kit';
import { changedFields } from '@/desks/registry/camera/CameraForm';
import { History } from '@/desks/registry/camera/History';
import { templatesQuery } from '../queries';
import type { AddressTemplate } from '../types';
import { fill } from './fill';

const EXAMPLE_HOST = '192.0.2.7';
const EMPTY = { name: { en: '', hi: '' }, main: 'rtsp://{host}:{port}/', sub: '', port: 554, sort: 0, active: true };

/** One maker: its addresses, what they come to for a channel, and who changed them. */
export function TemplateForm({ row, onClose }: { row: AddressTemplate | null; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  return (
    <Modal opened onClose={onClose} size="lg" title={row ? format.name(row.name) : t('templates.add')}>
      {row ? (
        <Tabs defaultValue="form" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="form">{t('templates.form')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('templates.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form">
            <Fields row={row} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History path={`/vendor-templates/${row.code}/history`} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <Fields row={null} onClose={onClose} />
      )}
    </Modal>
  );
}

function Fields({ row, onClose }: { row: AddressTemplate | null; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const client = useQueryClient();
  const before = row
    ? { name: row.name, main: row.main, sub: row.sub, port: row.port, sort: row.sort, active: row.active }
    : EMPTY;
  const [values, setValues] = useState(before);
  const [code, setCode] = useState(row?.code ?? '');
  const [channel, setChannel] = useState<number | string>(1);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const errors = fieldErrors(failed);
  const change = (part: Partial<typeof before>) => setValues((now) => ({ ...now, ...part }));
  const shown = Number(channel) || 1;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(null);
    try {
      if (row) {
        const changes = changedFields(before, values);
        await api.patch(`/vendor-templates/${row.code}`, { ...changes, reason: reason.trim() });
      } else {
        const { name, main, sub, port, sort } = values; // in use from the start
        await api.post('/vendor-templates', { code, name, main, sub, port, sort, reason: reason.trim() });
      }
      await client.invalidateQueries({ queryKey: templatesQuery.queryKey });
      onClose();
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="sm">
        <BilingualInput
          label={t('templates.name')}
          value={values.name}
          error={errors.name}
          onChange={(name) => change({ name })}
          required
        />
        {!row && (
          <TextInput
            label={t('templates.code')}
            description={t('templates.code_hint')}
            required
            error={errors.code}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {(['main', 'sub'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(`templates.${name}`)}
            description={t(`templates.${name}_hint`)}
            required={name === 'main'}
            spellCheck={false}
            autoCapitalize="off"
            error={errors[name]}
            value={values[name]}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
          />
        ))}
        <SimpleGrid cols={{ base: 2, sm: 3 }}>
          <NumberInput
            label={t('templates.port')}
            min={1}
            max={65_535}
            error={errors.port}
            value={values.port}
            onChange={(port) => change({ port: Number(port) || 554 })}
          />
          <NumberInput
            label={t('templates.sort')}
            min={0}
            max={30_000}
            error={errors.sort}
            value={values.sort}
            onChange={(sort) => change({ sort: Number(sort) || 0 })}
          />
          <NumberInput label={t('templates.preview_channel')} min={1} max={64} value={channel} onChange={setChannel} />
        </SimpleGrid>
        <section aria-label={t('templates.preview')}>
          <Text size="xs" c="dimmed">
            {t('templates.preview_of', { number: format.number(shown) })}
          </Text>
          {[values.main, values.sub].filter(Boolean).map((template) => (
            <Text key={template} size="sm" lang="en" style={{ overflowWrap: 'anywhere' }}>
              {fill(template, EXAMPLE_HOST, values.port, shown)}
            </Text>
          ))}
        </section>
        {row && (
          <Checkbox
            label={t('templates.active_long')}
            checked={values.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
        )}
        <TextInput
          label={t('kit:reason_dialog.label')}
          description={t('kit:reason_dialog.description')}
          error={errors.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failed !== null && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {sentenceOf(failed)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('templates.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
