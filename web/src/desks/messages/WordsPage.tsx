import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { Frame } from './Frame';
import classes from './messages.module.css';
import type { MessageTemplate } from './types';
import { WordsForm } from './WordsForm';

const startOf = (day: string) => Date.parse(`${day}T00:00:00+05:30`);

/** The words of each kind of message in both languages: those in force, and those that come. */
export function Component() {
  const { t } = useTranslation('messages');
  const [editing, setEditing] = useState<MessageTemplate | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['messages', 'words'],
    queryFn: async () => (await api.get<{ items: MessageTemplate[] }>('/message-templates')).items,
  });
  const [now] = useState(() => Date.now());
  const shown = data?.filter((one) => one.in_force || startOf(one.valid_from) > now) ?? [];
  const groups = new Map<string, MessageTemplate[]>();
  for (const one of shown) {
    const key = `${one.code} ${one.channel}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return (
    <Frame padded note={t('words.note')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows />
      ) : (
        <Stack gap="md" maw={900}>
          {[...groups].map(([key, rows]) => (
            <Paper withBorder p="md" key={key}>
              <Text fw={600}>
                {t(`kind.${rows[0]?.code ?? ''}`)} · {t(`channel.${rows[0]?.channel ?? 'sms'}`)}
              </Text>
              {rows.map((row) => (
                <Words key={row.id} row={row} onEdit={() => setEditing(row)} />
              ))}
            </Paper>
          ))}
        </Stack>
      )}
      {editing && <WordsForm key={editing.id} from={editing} onClose={() => setEditing(null)} />}
    </Frame>
  );
}

function Words({ row, onEdit }: { row: MessageTemplate; onEdit: () => void }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" mt="sm">
      <div>
        {row.subject && (
          <Text size="sm" fw={500} lang={row.language}>
            {row.subject}
          </Text>
        )}
        <Text size="sm" className={classes.body} lang={row.language}>
          {row.body}
        </Text>
        <Text size="xs" c="dimmed">
          {!row.in_force && (
            <Badge size="xs" variant="outline" mr={6}>
              {t('words.from', { day: format.date(startOf(row.valid_from)) })}
            </Badge>
          )}
          {row.channel === 'sms' &&
            (row.dlt_template_id
              ? t('words.registered', { id: row.dlt_template_id, header: row.header || '–' })
              : t('words.unregistered'))}
        </Text>
      </div>
      {row.in_force && (
        <Button size="compact-xs" variant="default" leftSection={<IconPencil size={13} />} onClick={onEdit}>
          {t('words.change')}
        </Button>
      )}
    </Group>
  );
}
