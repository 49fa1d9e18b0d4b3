import {
  DndContext,
  KeyboardSensor,
  PointerSensor,
  closestCenter,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import {
  SortableContext,
  arrayMove,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Alert, Button, Group, Menu, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, fieldErrors, sentenceOf } from '@/api/client';
import { ReasonDialog, useDraft, useFormat, useShortcut } from '@/kit';
import { KIND_ICONS, Preview } from '../Preview';
import classes from '../procedures.module.css';
import { procedureQuery, proceduresQuery } from '../queries';
import { KINDS, newStep, type Procedure, type Step, type Version } from '../types';
import { StepEditor } from './StepEditor';

interface Props {
  procedure: Procedure;
  draft: Version;
  onDone: () => void;
}

/** The draft: steps in order, moved by dragging or by keys, and beside them what operators will see. */
export function Editor({ procedure, draft, onDone }: Props) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const client = useQueryClient();
  const kept = { version: draft.version, steps: draft.steps as Step[], note: draft.note };
  const { values, change, reset, dirty } = useDraft(`procedure.draft.${procedure.code}.${draft.number}`, kept);
  const [open, setOpen] = useState<string | null>(null);
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Version | null>(null);
  const { steps } = values;
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const take = (now: Procedure) => {
    client.setQueryData(procedureQuery(procedure.code).queryKey, now);
    void client.invalidateQueries({ queryKey: proceduresQuery.queryKey, exact: true });
    return now;
  };
  const save = async (version = values.version): Promise<Procedure | null> => {
    setBusy(true);
    setFailure(null);
    try {
      const now = take(
        await api.put<Procedure>(`/procedures/${procedure.code}/draft`, { version, steps, note: values.note }),
      );
      setTheirs(null);
      if (now.in_work)
        reset({ version: now.in_work.version, steps: now.in_work.steps as Step[], note: now.in_work.note });
      return now;
    } catch (error) {
      setFailure(error);
      if (error instanceof ApiError && error.code === 'changed') setTheirs((error.present as Procedure).in_work);
      return null;
    } finally {
      setBusy(false);
    }
  };
  useShortcut('mod+s', t('editor.save'), () => void save());
  const publish = async (reason: string) => {
    const saved = dirty ? await save() : procedure;
    if (!saved?.in_work) throw failure ?? new Error('not saved');
    take(
      await api.post<Procedure>(`/procedures/${procedure.code}/draft/publish`, {
        version: saved.in_work.version,
        reason,
      }),
    );
    notifications.show({ color: 'green', message: t('editor.published') });
    onDone();
  };
  const discard = async (reason: string) => {
    take(await api.post<Procedure>(`/procedures/${procedure.code}/draft/discard`, { version: draft.version, reason }));
    reset(kept);
    onDone();
  };
  const set = (at: number, part: Partial<Step>) =>
    change({ steps: steps.map((one, place) => (place === at ? { ...one, ...part } : one)) });
  const move = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const from = steps.findIndex((one) => one.id === active.id);
    const to = steps.findIndex((one) => one.id === over.id);
    change({ steps: arrayMove(steps, from, to) });
  };
  const add = (kind: Step['kind']) => {
    const made = newStep(
      kind,
      steps.map((one) => one.id),
    );
    change({ steps: [...steps, made] });
    setOpen(made.id);
  };
  const problems = dirty ? [] : draft.problems;
  return (
    <div className={classes.editor}>
      <div className={classes.side}>
        <div className={classes.toolbar}>
          <Button size="xs" loading={busy} disabled={!dirty} onClick={() => void save()}>
            {t('editor.save')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setAsking('publish')}>
            {t('editor.publish')}
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => setAsking('discard')}>
            {t('editor.discard')}
          </Button>
          <span className={classes.faint}>{t(dirty ? 'editor.unsaved' : 'editor.saved')}</span>
        </div>
        {theirs ? (
          <Alert color="yellow" variant="outline" p="xs" title={t('editor.conflict')} role="alert">
            {t('editor.conflict_hint', {
              theirs: format.number(theirs.steps.length),
              yours: format.number(steps.length),
            })}
            <details>
              <summary>{t('editor.show_theirs')}</summary>
              <Preview steps={theirs.steps as Step[]} />
            </details>
            <Group gap={8} mt={8}>
              <Button size="compact-xs" onClick={() => void save(theirs.version)}>
                {t('editor.put_mine')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => {
                  reset({ version: theirs.version, steps: theirs.steps as Step[], note: theirs.note });
                  setTheirs(null);
                  setFailure(null);
                }}
              >
                {t('editor.take_theirs')}
              </Button>
            </Group>
          </Alert>
        ) : (
          failure !== null && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {sentenceOf(failure)}
              <ul>
                {Object.entries(fieldErrors(failure)).map(([field, said]) => (
                  <li key={field}>
                    {field}: {said}
                  </li>
                ))}
              </ul>
            </Alert>
          )
        )}
        {problems.length > 0 && (
          <Alert color="blue" variant="outline" p="xs" title={t('editor.unfinished')}>
            <ul className={classes.problems}>
              {problems.map((one, at) => (
                <li key={at}>
                  <button type="button" onClick={() => setOpen(one.step)}>
                    {format.name(steps.find((step) => step.id === one.step)?.title) || one.step || t('title')}
                  </button>
                  : {format.name(one.text)}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={move}>
          <SortableContext items={steps.map((one) => one.id)} strategy={verticalListSortingStrategy}>
            <ol className={classes.editSteps}>
              {steps.map((one, at) => (
                <StepEditor
                  key={one.id}
                  step={one}
                  earlier={steps.slice(0, at)}
                  open={open === one.id}
                  onOpen={() => setOpen(open === one.id ? null : one.id)}
                  onChange={(part) => set(at, part)}
                  onRemove={() => change({ steps: steps.filter((_, place) => place !== at) })}
                  onMove={(by) => {
                    if (steps[at + by]) change({ steps: arrayMove(steps, at, at + by) });
                  }}
                />
              ))}
            </ol>
          </SortableContext>
        </DndContext>
        <Menu position="top-start">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconPlus size={14} />}>
              {t('editor.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {KINDS.map((kind) => {
              const Icon = KIND_ICONS[kind];
              return (
                <Menu.Item key={kind} leftSection={<Icon size={15} />} onClick={() => add(kind)}>
                  {t(`kind.${kind}`)}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
        <TextInput
          mt="sm"
          label={t('editor.note')}
          maxLength={400}
          value={values.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </div>
      <div className={classes.side}>
        <h2 className={classes.heading}>{t('editor.preview')}</h2>
        <Preview steps={steps} />
      </div>
      <ReasonDialog
        opened={asking === 'publish'}
        title={t('editor.publish')}
        consequence={t('editor.publish_what')}
        confirm={t('editor.publish')}
        onClose={() => setAsking(null)}
        onConfirm={publish}
      />
      <ReasonDialog
        danger
        opened={asking === 'discard'}
        title={t('editor.discard')}
        consequence={t('editor.discard_what')}
        confirm={t('editor.discard')}
        onClose={() => setAsking(null)}
        onConfirm={discard}
      />
    </div>
  );
}
