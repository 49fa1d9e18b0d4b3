import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { BilingualInput, useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import { today } from '../parts/words';
import classes from '../programme.module.css';
import { PRIORITIES, TASK_KINDS, type BulkPreview } from '../types';
import { useSend } from '../useSend';
import { Assignee, assigneeOf, type AssigneeValue } from './Assignee';

interface Props {
  filters: { step: string[]; owner_class: string[]; department: string[]; jurisdiction: string };
  /** The list is narrowed by more than tasks in bulk go by. */
  more: boolean;
  onClose: () => void;
}

/** A task for each of the premises that the list shows: counted before, taken back afterwards. */
export function BulkForm({ filters, more, onClose }: Props) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const undoing = useSend();
  const [kind, setKind] = useState('visit');
  const [title, setTitle] = useState({ en: '', hi: '' });
  const [priority, setPriority] = useState('normal');
  const [due, setDue] = useState('');
  const [list, setList] = useState('');
  const [assignee, setAssignee] = useState<AssigneeValue>({ kind: 'station', person: null, office: null });
  const [made, setMade] = useState<{ id: string; count: number } | null>(null);
  const [undone, setUndone] = useState<{ cancelled: number; kept: number } | null>(null);
  const body = { kind, title: { en: title.en || title.hi || '-', hi: title.hi || title.en || '-' }, filters };
  const preview = useQuery({
    queryKey: ['programme', 'bulk', kind, filters],
    queryFn: () => api.post<BulkPreview>('/tasks/bulk-preview', body),
    placeholderData: keepPreviousData,
  });
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['tasks'] });
    await client.invalidateQueries({ queryKey: ['programme'] });
  };
  const submit = () =>
    send(async () => {
      setMade(
        await api.post('/tasks/bulk', {
          ...body,
          priority,
          due_day: due || null,
          ...assigneeOf(assignee),
          checklist: list
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
          expected: preview.data?.count,
        }),
      );
      await refresh();
    });
  if (made)
    return (
      <Modal opened onClose={onClose} title={t('bulk.open')}>
        <Stack gap="md">
          <Text size="sm">
            {undone
              ? t('bulk.undone', { number: format.number(undone.cancelled), kept: format.number(undone.kept) })
              : t('bulk.done', { count: made.count, number: format.number(made.count) })}
          </Text>
          <Failure>{undoing.failure}</Failure>
          <Group justify="flex-end">
            {!undone && (
              <Button
                variant="default"
                loading={undoing.busy}
                onClick={() =>
                  void undoing.send(async () => {
                    setUndone(await api.post(`/task-batches/${made.id}/undo`));
                    await refresh();
                  })
                }
              >
                {t('bulk.undo')}
              </Button>
            )}
            {!undone && (
              <Button component={Link} to={`/programme/tasks?batch=${made.id}`} variant="default">
                {t('bulk.show')}
              </Button>
            )}
            <Button onClick={onClose}>{t('close')}</Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title={t('bulk.open')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          {more && (
            <Alert variant="light" p="xs">
              {t('bulk.not_by_these')}
            </Alert>
          )}
          <BilingualInput
            label={t('task.title')}
            description={t('bulk.title_hint')}
            value={title}
            error={errors['title.hi'] ?? errors['title.en']}
            onChange={setTitle}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              label={t('task.kind_word')}
              allowDeselect={false}
              data={TASK_KINDS.filter((one) => one !== 'clause' && one !== 'decision').map((one) => ({
                value: one,
                label: t(`task.kind.${one}`),
              }))}
              value={kind}
              onChange={(next) => setKind(next ?? 'visit')}
            />
            <Select
              label={t('task.priority_word')}
              allowDeselect={false}
              data={PRIORITIES.map((one) => ({ value: one, label: t(`task.priority.${one}`) }))}
              value={priority}
              onChange={(next) => setPriority(next ?? 'normal')}
            />
            <TextInput
              type="date"
              label={t('task.due')}
              min={today()}
              value={due}
              error={errors.due_day}
              onChange={(event) => setDue(event.currentTarget.value)}
            />
          </SimpleGrid>
          <Assignee value={assignee} errors={errors} onChange={setAssignee} />
          <Textarea
            label={t('task.checklist')}
            description={t('task.checklist_hint')}
            autosize
            minRows={2}
            value={list}
            onChange={(event) => setList(event.currentTarget.value)}
          />
          {preview.error ? (
            <Failure>{t('bulk.no_preview')}</Failure>
          ) : (
            preview.data && (
              <div role="status">
                <Text size="sm" fw={600}>
                  {t('bulk.count', { count: preview.data.count, number: format.number(preview.data.count) })}
                </Text>
                {preview.data.already > 0 && (
                  <Text size="sm" c="dimmed">
                    {t('bulk.already', { count: preview.data.already, number: format.number(preview.data.already) })}
                  </Text>
                )}
                <div className={classes.quiet}>
                  {preview.data.by_area
                    .slice(0, 8)
                    .map((one) => `${format.name(one.name)} ${format.number(one.count)}`)
                    .join(' · ')}
                </div>
              </div>
            )
          )}
          <Failure>{errors.filters ?? failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={!preview.data?.count || (!title.en.trim() && !title.hi.trim())}
            >
              {t('bulk.make', { number: format.number(preview.data?.count ?? 0) })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
