import { Button, Group, Modal, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { partsOf } from './parts';
import type { MessageTemplate, MessageTemplateIn } from './types';

/** Today in the city's time, as 2026-11-25. */
const today = () => new Date(Date.now() + 330 * 60_000).toISOString().slice(0, 10);

/** New words from a day on; the old ones stay in the record. */
export function WordsForm({ from, onClose }: { from: MessageTemplate; onClose: () => void }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const client = useQueryClient();
  const [form, setForm] = useState<MessageTemplateIn>({
    code: from.code,
    channel: from.channel,
    language: from.language,
    subject: from.subject,
    body: from.body,
    dlt_template_id: from.dlt_template_id,
    header: from.header,
    valid_from: today(),
    reason: '',
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const put = (part: Partial<MessageTemplateIn>) => setForm((before) => ({ ...before, ...part }));
  const save = async () => {
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      await api.post('/message-templates', form);
      await client.invalidateQueries({ queryKey: ['messages', 'words'] });
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const parts = partsOf(form.body);
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`kind.${from.code}`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          {form.channel === 'mail' && (
            <TextInput
              required
              label={t('words.subject')}
              value={form.subject ?? ''}
              error={errors.subject}
              onChange={(event) => put({ subject: event.currentTarget.value })}
            />
          )}
          <Textarea
            required
            data-autofocus
            autosize
            minRows={3}
            lang={form.language}
            label={t('words.body')}
            description={t('words.placeholders', { names: from.placeholders.map((name) => `{${name}}`).join(' ') })}
            value={form.body}
            error={errors.body}
            onChange={(event) => put({ body: event.currentTarget.value })}
          />
          {form.channel === 'sms' && (
            <>
              <Text size="xs" c="dimmed">
                {t('words.parts', { count: parts, number: format.number(parts) })}
              </Text>
              <Group grow align="flex-start">
                <TextInput
                  label={t('words.dlt')}
                  value={form.dlt_template_id ?? ''}
                  error={errors.dlt_template_id}
                  onChange={(event) => put({ dlt_template_id: event.currentTarget.value })}
                />
                <TextInput
                  label={t('words.header')}
                  value={form.header ?? ''}
                  error={errors.header}
                  onChange={(event) => put({ header: event.currentTarget.value })}
                />
              </Group>
            </>
          )}
          <TextInput
            required
            type="date"
            label={t('words.valid_from')}
            min={today()}
            value={form.valid_from}
            error={errors.valid_from}
            onChange={(event) => put({ valid_from: event.currentTarget.value })}
          />
          <Textarea
            required
            autosize
            label={t('kit:reason_dialog.label')}
            value={form.reason}
            error={errors.reason}
            onChange={(event) => put({ reason: event.currentTarget.value })}
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
