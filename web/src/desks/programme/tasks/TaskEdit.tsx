import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { BilingualInput } from '@/kit';
import { Failure } from '../parts/Failure';
import { PRIORITIES, type Priority, type TaskDetail } from '../types';
import { useSend } from '../useSend';
import { Assignee, assigneeOf, type AssigneeValue } from './Assignee';

interface Props {
  task: TaskDetail;
  onClose: () => void;
  onDone: (task: TaskDetail) => Promise<unknown>;
}

/** Another day, another person, other words: with the reason beside it. */
export function TaskEdit({ task, onClose, onDone }: Props) {
  const { t } = useTranslation('programme');
  const { busy, errors, failure, send } = useSend();
  const [title, setTitle] = useState(task.title);
  const [details, setDetails] = useState(task.details);
  const [priority, setPriority] = useState<Priority>(task.priority);
  const [due, setDue] = useState(task.due_day ?? '');
  const [reason, setReason] = useState('');
  const [assignee, setAssignee] = useState<AssigneeValue>({
    kind: task.person ? 'person' : task.office ? 'office' : 'station',
    person: task.person?.id ?? null,
    office: task.office?.code ?? null,
  });
  const submit = () =>
    send(async () => {
      await onDone(
        await api.patch<TaskDetail>(`/tasks/${task.id}`, {
          title,
          details: details.trim(),
          priority,
          ...(due !== (task.due_day ?? '') ? { due_day: due || null } : {}),
          ...assigneeOf(assignee),
          edited_ms: task.edited_ms,
          reason: reason.trim(),
        }),
      );
      onClose();
    });
  return (
    <Modal opened onClose={onClose} title={t('task.do.edit')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <BilingualInput
            label={t('task.title')}
            value={title}
            error={errors['title.hi'] ?? errors['title.en']}
            onChange={setTitle}
          />
          <Select
            label={t('task.priority_word')}
            allowDeselect={false}
            data={PRIORITIES.map((one) => ({ value: one, label: t(`task.priority.${one}`) }))}
            value={priority}
            onChange={(next) => setPriority((next ?? 'normal') as Priority)}
          />
          <TextInput
            type="date"
            label={t('task.due')}
            value={due}
            error={errors.due_day}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
          <Assignee value={assignee} errors={errors} chosen={task.person} onChange={setAssignee} />
          <Textarea
            label={t('task.details')}
            autosize
            minRows={2}
            value={details}
            error={errors.details}
            onChange={(event) => setDetails(event.currentTarget.value)}
          />
          <Textarea
            label={t('kit:reason_dialog.label')}
            required
            autosize
            value={reason}
            error={errors.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!reason.trim()}>
              {t('task.do.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
