import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarOff, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Name } from '@/api/types';
import { BilingualInput, EmptyState, ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import { dayMs } from '../parts/words';
import classes from '../programme.module.css';
import { useSend } from '../useSend';
import { valueText } from './value';

interface Listed {
  items: { day: string; name: Name }[];
  weekly_off: string[];
}

/** Days whose hours do not count when something waits for an answer. */
export function Holidays({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const [removing, setRemoving] = useState<{ day: string; name: Name } | null>(null);
  const key = ['programme', 'holidays'];
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.get<Listed>('/holidays') });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const refresh = () => client.invalidateQueries({ queryKey: key });
  return (
    <div className={classes.scroll}>
      <Stack gap="md" maw={640}>
        <Text size="sm" c="dimmed">
          {t('holiday.note', { days: valueText(data.weekly_off, t, format) })}
        </Text>
        {mayEdit && <HolidayForm onDone={refresh} />}
        {data.items.length === 0 ? (
          <EmptyState icon={IconCalendarOff} title={t('holiday.none')} />
        ) : (
          <ul className={classes.trail}>
            {data.items.map((one) => (
              <li key={one.day}>
                <Group justify="space-between" wrap="nowrap">
                  <span>
                    {format.date(dayMs(one.day))} · {format.name(one.name)}
                  </span>
                  {mayEdit && (
                    <Tooltip label={t('holiday.remove')}>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`${t('holiday.remove')}: ${format.name(one.name)}`}
                        onClick={() => setRemoving(one)}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Tooltip>
                  )}
                </Group>
              </li>
            ))}
          </ul>
        )}
      </Stack>
      <ReasonDialog
        opened={removing !== null}
        title={t('holiday.remove')}
        {...(removing ? { consequence: `${format.date(dayMs(removing.day))} · ${format.name(removing.name)}` } : {})}
        confirm={t('holiday.remove')}
        onClose={() => setRemoving(null)}
        onConfirm={async (reason) => {
          await api.post(`/holidays/${removing?.day ?? ''}/remove`, { reason });
          await refresh();
        }}
      />
    </div>
  );
}

function HolidayForm({ onDone }: { onDone: () => Promise<unknown> }) {
  const { t } = useTranslation('programme');
  const { busy, errors, failure, send } = useSend();
  const [day, setDay] = useState('');
  const [name, setName] = useState({ en: '', hi: '' });
  const submit = () =>
    send(async () => {
      await api.post('/holidays', { day, name });
      setDay('');
      setName({ en: '', hi: '' });
      await onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          type="date"
          w={180}
          label={t('holiday.day')}
          required
          value={day}
          error={errors.day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <BilingualInput
          label={t('holiday.name')}
          required
          value={name}
          error={errors['name.hi'] ?? errors['name.en']}
          onChange={setName}
        />
        <Failure>{failure}</Failure>
        <Group>
          <Button size="xs" type="submit" loading={busy} disabled={!day}>
            {t('holiday.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
