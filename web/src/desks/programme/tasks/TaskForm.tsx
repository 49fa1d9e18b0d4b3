import { Button, Group, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { BilingualInput, useDraft } from '@/kit';
import { AreaSelect } from '../parts/AreaSelect';
import { Failure } from '../parts/Failure';
import { today } from '../parts/words';
import { PRIORITIES, TASK_KINDS, type TaskDetail } from '../types';
import { useSend } from '../useSend';
import { Assignee, assigneeOf, type AssigneeValue } from './Assignee';

const EMPTY = {
  kind: 'visit',
  title: { en: '', hi: '' },
  details: '',
  priority: 'normal',
  due: '',
  place: null as string | null,
  list: '',
  assignee: { kind: 'station', person: null, office: null } as AssigneeValue,
};

interface Props {
  clauseId?: string;
  premisesId?: string;
  onClose: () => void;
  onMade: (id: string) => void;
}

/** A new task; what was typed stays until it is made. */
export function TaskForm({ clauseId, premisesId, onClose, onMade }: Props) {
  const { t } = useTranslation('programme');
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const { values, change, reset } = useDraft(`task.${clauseId ?? premisesId ?? ''}`, {
    ...EMPTY,
    ...(clauseId ? { kind: 'clause' } : {}),
  });
  const submit = () =>
    send(async () => {
      const made = await api.post<TaskDetail>('/tasks', {
        kind: values.kind,
        // One language is enough to begin with: the other takes its words.
        title: { en: values.title.en || values.title.hi, hi: values.title.hi || values.title.en },
        details: values.details.trim(),
        priority: values.priority,
        due_day: values.due || null,
        ...assigneeOf(values.assignee),
        checklist: values.list
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
        ...(values.place ? { jurisdiction: values.place } : {}),
        ...(clauseId ? { clause_id: clauseId } : {}),
        ...(premisesId ? { premises_id: premisesId } : {}),
      });
      reset(EMPTY);
      await client.invalidateQueries({ queryKey: ['tasks'] });
      await client.invalidateQueries({ queryKey: ['programme'] });
      await client.invalidateQueries({ queryKey: ['government-order'] });
      onClose();
      onMade(made.id);
    });
  return (
    <Modal opened onClose={onClose} title={t('task.add')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <BilingualInput
            label={t('task.title')}
            value={values.title}
            error={errors['title.hi'] ?? errors['title.en']}
            onChange={(title) => change({ title })}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              label={t('task.kind_word')}
              allowDeselect={false}
              data={TASK_KINDS.map((one) => ({ value: one, label: t(`task.kind.${one}`) }))}
              value={values.kind}
              onChange={(kind) => change({ kind: kind ?? 'visit' })}
            />
            <Select
              label={t('task.priority_word')}
              allowDeselect={false}
              data={PRIORITIES.map((one) => ({ value: one, label: t(`task.priority.${one}`) }))}
              value={values.priority}
              onChange={(priority) => change({ priority: priority ?? 'normal' })}
            />
            <TextInput
              type="date"
              label={t('task.due')}
              min={today()}
              value={values.due}
              error={errors.due_day}
              onChange={(event) => change({ due: event.currentTarget.value })}
            />
          </SimpleGrid>
          {!clauseId && !premisesId && (
            <AreaSelect
              label={t('ladder.place')}
              required
              value={values.place}
              error={errors.jurisdiction}
              onChange={(place) => change({ place })}
            />
          )}
          <Assignee value={values.assignee} errors={errors} onChange={(assignee) => change({ assignee })} />
          <Textarea
            label={t('task.details')}
            autosize
            minRows={2}
            value={values.details}
            error={errors.details}
            onChange={(event) => change({ details: event.currentTarget.value })}
          />
          <Textarea
            label={t('task.checklist')}
            description={t('task.checklist_hint')}
            autosize
            minRows={2}
            value={values.list}
            error={errors.checklist}
            onChange={(event) => change({ list: event.currentTarget.value })}
          />
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!values.title.en.trim() && !values.title.hi.trim()}>
              {t('task.do.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
