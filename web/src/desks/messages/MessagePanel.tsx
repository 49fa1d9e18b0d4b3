import { Alert, Button, Stack, Text, Timeline } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLock, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { StateMark, Why } from './Marks';
import classes from './messages.module.css';
import type { MessageDetail } from './types';

/** One message: its words unless they held a secret, and each attempt at it. */
export function MessagePanel({ messageId }: { messageId: string }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['message', messageId],
    queryFn: () => api.get<MessageDetail>(`/messages/${messageId}`),
  });
  const retry = useMutation({
    mutationFn: () => api.post<MessageDetail>(`/messages/${messageId}/retry`),
    onSuccess: (fresh) => {
      client.setQueryData(['message', messageId], fresh);
      void client.invalidateQueries({ queryKey: ['messages'] });
    },
    onError: (failure) => notifications.show({ color: 'red', message: sentenceOf(failure) }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <Stack gap="md">
      <dl className={classes.facts}>
        <dt>{t('log.state')}</dt>
        <dd>
          <StateMark message={data} />
          <Why reason={data.reason} detail={data.detail} />
        </dd>
        <dt>{t('log.kind')}</dt>
        <dd>{t(`kind.${data.template}`)}</dd>
        <dt>{t('log.to')}</dt>
        <dd>{data.to_hint || '–'}</dd>
        {data.gateway && (
          <>
            <dt>{t('log.gateway')}</dt>
            <dd>
              {data.gateway} {data.provider_id && <span className={classes.mono}>{data.provider_id}</span>}
            </dd>
          </>
        )}
        <dt>{t('log.expires')}</dt>
        <dd>{format.dateTime(data.expires_ms)}</dd>
      </dl>
      {data.secret ? (
        <Alert icon={<IconLock size={16} />} color="gray">
          {t('log.secret')}
        </Alert>
      ) : (
        <div>
          {data.subject && <Text fw={600}>{data.subject}</Text>}
          <Text size="sm" className={classes.body} lang={data.language}>
            {data.body}
          </Text>
        </div>
      )}
      {data.attachments.map((file) => (
        <Text size="sm" key={file.sha256}>
          {file.name} · {format.bytes(file.size_bytes)}
          <span className={classes.mono}> {file.sha256.slice(0, 16)}…</span>
        </Text>
      ))}
      {data.attempts_list.length > 0 && (
        <Timeline bulletSize={12} lineWidth={2} active={data.attempts_list.length}>
          {data.attempts_list.map((attempt) => (
            <Timeline.Item key={attempt.at_ms} title={format.when(attempt.at_ms)}>
              <Text size="sm">{attempt.gateway}</Text>
              {attempt.ended_ms === null ? (
                <Text size="sm">{t('log.no_end')}</Text>
              ) : attempt.reason ? (
                <Why reason={attempt.reason} detail={attempt.detail} />
              ) : (
                <Text size="sm">{t('log.taken')}</Text>
              )}
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      {data.may_retry && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t('log.retry')}
        </Button>
      )}
    </Stack>
  );
}
