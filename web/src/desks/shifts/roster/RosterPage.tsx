import { ActionIcon, Alert, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronLeft, IconChevronRight, IconPlus, IconTable } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { FormModal } from '@/desks/works/FormModal';
import { ErrorState, LoadingRows, useFormat, useShortcut } from '@/kit';
import { Textarea } from '@mantine/core';
import { DAY_MS, dayOf, momentOf, startOfWeek } from '../days';
import { Frame } from '../Frame';
import { postsQuery, rosterQuery, SHIFTS } from '../queries';
import type { Entry, Roster } from '../types';
import { clashText } from './clashes';
import { EntryForm } from './EntryForm';
import { Grid } from './Grid';
import { LayOut } from './LayOut';
import classes from '../shifts.module.css';

const WEEK_MS = 7 * DAY_MS;

/** Who sits where in a week; what speaks against it; drafts until they are published. */
export function Component() {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const manages = useCan('shift.manage');
  const [search, setSearch] = useSearchParams();
  const asked = momentOf(search.get('week') ?? '', '00:00');
  const [thisWeek] = useState(() => startOfWeek(Date.now()));
  const from_ms = Number.isNaN(asked) ? thisWeek : startOfWeek(asked);
  const to_ms = from_ms + WEEK_MS;
  const posts = useQuery(postsQuery);
  const { data, error, refetch } = useQuery(rosterQuery(from_ms, to_ms));
  const [dialog, setDialog] = useState<'lay_out' | 'publish' | Entry | { post: string; from_ms: number } | null>(null);
  const turn = (weeks: number) => setSearch({ week: dayOf(from_ms + weeks * WEEK_MS) }, { replace: true });
  useShortcut('ArrowLeft', t('roster.before'), () => turn(-1));
  useShortcut('ArrowRight', t('roster.after'), () => turn(1));
  const drafts = data?.items.filter((one) => !one.published).length ?? 0;
  return (
    <Frame
      actions={
        <Group gap="xs">
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="default" size={30} aria-label={t('roster.before')} onClick={() => turn(-1)}>
              <IconChevronLeft size={16} />
            </ActionIcon>
            <Button size="xs" variant="default" onClick={() => setSearch({}, { replace: true })}>
              {format.date(from_ms)} – {format.date(to_ms - DAY_MS)}
            </Button>
            <ActionIcon variant="default" size={30} aria-label={t('roster.after')} onClick={() => turn(1)}>
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
          {manages && (
            <>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconTable size={14} />}
                onClick={() => setDialog('lay_out')}
              >
                {t('roster.lay_out')}
              </Button>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlus size={14} />}
                onClick={() => setDialog({ post: '', from_ms })}
              >
                {t('roster.add')}
              </Button>
              <Button size="xs" disabled={drafts === 0} onClick={() => setDialog('publish')}>
                {t('roster.publish', { number: format.number(drafts) })}
              </Button>
            </>
          )}
        </Group>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data || !posts.data ? (
        <LoadingRows rows={8} height={48} />
      ) : (
        <>
          <Clashes roster={data} />
          <Grid
            roster={data}
            posts={posts.data.filter((one) => one.active)}
            from_ms={from_ms}
            onOpen={manages ? setDialog : undefined}
            onAdd={manages ? (post, at_ms) => setDialog({ post, from_ms: at_ms }) : undefined}
          />
          <Text size="xs" c="dimmed" mt="xs">
            {t('roster.limits', {
              rest: data.limits.rest_hours ?? '–',
              longest: data.limits.longest_hours ?? '–',
              week: data.limits.week_hours ?? '–',
            })}
          </Text>
        </>
      )}
      {dialog === 'lay_out' && <LayOut first={dayOf(from_ms)} onClose={() => setDialog(null)} />}
      {dialog === 'publish' && data && (
        <Publish roster={data} from_ms={from_ms} to_ms={to_ms} onClose={() => setDialog(null)} />
      )}
      {dialog !== null && typeof dialog === 'object' && (
        <EntryForm
          entry={'id' in dialog ? dialog : null}
          post={'id' in dialog ? dialog.post_id : dialog.post}
          from_ms={dialog.from_ms}
          onClose={() => setDialog(null)}
        />
      )}
    </Frame>
  );
}

function Clashes({ roster }: { roster: Roster }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  if (roster.clashes.length === 0) return null;
  return (
    <Alert color={roster.clashes.some((one) => one.forbids) ? 'red' : 'yellow'} variant="light" p="xs" mb="sm">
      <b>{t('clash.title', { count: roster.clashes.length, number: format.number(roster.clashes.length) })}</b>
      <ul className={classes.clashes}>
        {roster.clashes.slice(0, 12).map((clash, at) => (
          <li key={at}>{clashText(clash, roster.items, t, format)}</li>
        ))}
      </ul>
      {roster.clashes.length > 12 && t('items.more', { number: format.number(roster.clashes.length - 12) })}
    </Alert>
  );
}

interface PublishProps {
  roster: Roster;
  from_ms: number;
  to_ms: number;
  onClose: () => void;
}

function Publish({ roster, from_ms, to_ms, onClose }: PublishProps) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const drafts = roster.items.filter((one) => !one.published).length;
  return (
    <FormModal
      title={t('publish.title')}
      submit={t('publish.submit')}
      onClose={onClose}
      onSend={async () => {
        await api.post('/roster/publish', { from_ms, to_ms, reason: reason.trim() });
        await client.invalidateQueries({ queryKey: SHIFTS });
        notifications.show({ message: t('publish.done') });
      }}
    >
      {(errors) => (
        <>
          <Text size="sm">{t('publish.consequence', { number: format.number(drafts) })}</Text>
          {roster.clashes.length > 0 && (
            <Textarea
              data-autofocus
              autosize
              required
              label={t('publish.reason', { number: format.number(roster.clashes.length) })}
              value={reason}
              error={errors.reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </>
      )}
    </FormModal>
  );
}
