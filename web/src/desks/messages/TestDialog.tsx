import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { StateMark, Why } from './Marks';
import type { Gateway, MessageDetail, MessageRow } from './types';

const LOOK_AGAIN_MS = 1000;

/** Sends a test message and shows what becomes of it. */
export function TestDialog({ gateway, onClose }: { gateway: Gateway; onClose: () => void }) {
  const { t } = useTranslation('messages');
  const { language } = useFormat();
  const client = useQueryClient();
  const [to, setTo] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const [sentId, setSentId] = useState<string | null>(null);
  const sent = useQuery({
    queryKey: ['message', sentId],
    queryFn: () => api.get<MessageDetail>(`/messages/${sentId}`),
    enabled: sentId !== null,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const send = async () => {
    setBusy(true);
    setFailure('');
    try {
      const row = await api.post<MessageRow>(`/message-gateways/${gateway.id}/test`, { to, language });
      setSentId(row.id);
      void client.invalidateQueries({ queryKey: ['messages'] });
    } catch (error) {
      setFailure(fieldErrors(error).to ?? sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('gateways.test_title', { name: gateway.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t(`gateways.test_to_${gateway.channel}`)}
            inputMode={gateway.channel === 'sms' ? 'tel' : 'email'}
            value={to}
            error={failure}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          {sent.data && (
            <div role="status">
              <StateMark message={sent.data} />
              <Why reason={sent.data.reason} detail={sent.data.detail} />
            </div>
          )}
          {sentId && !sent.data && <Text size="sm">{t('state.queued')}</Text>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
            <Button type="submit" loading={busy} disabled={!to.trim()}>
              {t('gateways.send_test')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
