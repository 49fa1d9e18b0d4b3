import { Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconChevronDown,
  IconDeviceFloppy,
  IconLayoutGrid,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, sentenceOf } from '@/api/client';
import { useCan } from '@/api/queries';
import { useFormat } from '@/kit';
import { isConflict, useLayoutActions } from './layouts';
import * as model from './model';

interface Props {
  wall: model.Wall;
  layouts: model.Layout[];
  meId: string;
  onWall: (act: (before: model.Wall) => model.Wall) => void;
  onOpen: (layout: model.Layout) => void;
}

type Dialog =
  { kind: 'new' } | { kind: 'rename'; layout: model.Layout } | { kind: 'conflict'; layout: model.Layout } | null;

/** Opens, saves, renames, shares and deletes layouts. */
export function LayoutMenu({ wall, layouts, meId, onWall, onOpen }: Props) {
  const { t } = useTranslation('wall');
  const mayShare = useCan('wall.share');
  const { create, change, remove } = useLayoutActions();
  const [dialog, setDialog] = useState<Dialog>(null);
  const current = layouts.find((layout) => layout.id === wall.layoutId);
  const mine = layouts.filter((layout) => layout.owner.id === meId);
  const shared = layouts.filter((layout) => layout.owner.id !== meId);
  const ownsCurrent = current?.owner.id === meId;
  const tell = (error: unknown) => notifications.show({ color: 'red', message: sentenceOf(error) });

  const save = async (editedMs: number) => {
    if (!current) return;
    try {
      const saved = await change.mutateAsync({
        id: current.id,
        edited_ms: editedMs,
        grid: wall.grid,
        tiles: model.shownTiles(wall),
      });
      onWall((before) => ({ ...before, editedMs: saved.edited_ms }));
      setDialog(null);
      notifications.show({ message: t('saved', { name: saved.name }) });
    } catch (error) {
      if (isConflict(error)) setDialog({ kind: 'conflict', layout: current });
      else tell(error);
    }
  };
  const drop = async (layout: model.Layout) => {
    try {
      await remove.mutateAsync(layout.id);
    } catch (error) {
      tell(error);
      return;
    }
    if (layout.id === wall.layoutId) onWall((before) => ({ ...before, layoutId: null, editedMs: null }));
    const id = notifications.show({
      autoClose: 12_000,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{t('deleted', { name: layout.name })}</Text>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              const { name, grid, tiles } = layout;
              create.mutateAsync({ name, grid, tiles, shared: layout.shared }).catch(tell);
            }}
          >
            {t('undo')}
          </Button>
        </Group>
      ),
    });
  };
  const share = (layout: model.Layout) =>
    change.mutateAsync({ id: layout.id, edited_ms: layout.edited_ms, shared: !layout.shared }).then((saved) => {
      if (saved.id === wall.layoutId) onWall((before) => ({ ...before, editedMs: saved.edited_ms }));
    }, tell);

  const items = (list: model.Layout[]) =>
    list.map((layout) => (
      <Menu.Item
        key={layout.id}
        fw={layout.id === wall.layoutId ? 600 : undefined}
        leftSection={<IconLayoutGrid size={14} />}
        rightSection={
          layout.shared && layout.owner.id === meId ? <IconUsers size={13} aria-label={t('shared')} /> : null
        }
        onClick={() => onOpen(layout)}
      >
        {layout.name}
        {layout.owner.id !== meId && (
          <Text span size="xs" c="dimmed">
            {' '}
            · {layout.owner.name}
          </Text>
        )}
      </Menu.Item>
    ));
  return (
    <>
      <Menu width={280} position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('layouts')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {mine.length > 0 && <Menu.Label>{t('mine')}</Menu.Label>}
          {items(mine)}
          {shared.length > 0 && <Menu.Label>{t('shared')}</Menu.Label>}
          {items(shared)}
          {layouts.length > 0 && <Menu.Divider />}
          <Menu.Item
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              onWall(() => ({ ...model.EMPTY, grid: wall.grid, tiles: Array.from({ length: wall.grid }, () => null) }))
            }
          >
            {t('new')}
          </Menu.Item>
          {current && ownsCurrent && (
            <>
              <Menu.Item
                leftSection={<IconDeviceFloppy size={14} />}
                disabled={!model.differs(wall, current)}
                onClick={() => void save(wall.editedMs ?? current.edited_ms)}
              >
                {t('save', { name: current.name })}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPencil size={14} />}
                onClick={() => setDialog({ kind: 'rename', layout: current })}
              >
                {t('rename')}
              </Menu.Item>
              {mayShare && (
                <Menu.Item leftSection={<IconUsers size={14} />} onClick={() => void share(current)}>
                  {t(current.shared ? 'unshare' : 'share')}
                </Menu.Item>
              )}
              <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => void drop(current)}>
                {t('delete')}
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconDeviceFloppy size={14} />} onClick={() => setDialog({ kind: 'new' })}>
            {t('save_as')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog?.kind === 'new' && (
        <NameDialog
          title={t('save_as')}
          note={model.pagesOf(wall) > 1 ? t('only_page') : ''}
          mayShare={mayShare}
          initial={current ? t('copy_of', { name: current.name }) : ''}
          onClose={() => setDialog(null)}
          onSave={async (name, shareIt) => {
            const saved = await create.mutateAsync({
              name,
              shared: shareIt,
              grid: wall.grid,
              tiles: model.shownTiles(wall),
            });
            onOpen(saved);
          }}
        />
      )}
      {dialog?.kind === 'rename' && (
        <NameDialog
          title={t('rename')}
          initial={dialog.layout.name}
          mayShare={false}
          onClose={() => setDialog(null)}
          onSave={async (name) => {
            const saved = await change.mutateAsync({ id: dialog.layout.id, edited_ms: dialog.layout.edited_ms, name });
            onWall((before) => ({ ...before, editedMs: saved.edited_ms }));
          }}
        />
      )}
      {dialog?.kind === 'conflict' && (
        <Conflict
          layout={layouts.find((layout) => layout.id === dialog.layout.id) ?? dialog.layout}
          onClose={() => setDialog(null)}
          onTheirs={(layout) => {
            onOpen(layout);
            setDialog(null);
          }}
          onOverwrite={(layout) => void save(layout.edited_ms)}
          onCopy={() => setDialog({ kind: 'new' })}
        />
      )}
    </>
  );
}

interface NameProps {
  title: string;
  note?: string;
  initial: string;
  mayShare: boolean;
  onClose: () => void;
  onSave: (name: string, shared: boolean) => Promise<void>;
}

function NameDialog({ title, note, initial, mayShare, onClose, onSave }: NameProps) {
  const { t } = useTranslation('wall');
  const [name, setName] = useState(initial);
  const [shared, setShared] = useState(false);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!name.trim()) {
      setFailure(t('name_needed'));
      return;
    }
    setBusy(true);
    try {
      await onSave(name.trim(), shared);
      onClose();
    } catch (error) {
      setFailure(fieldErrors(error).name ?? sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md">
          {note && <Text size="sm">{note}</Text>}
          <TextInput
            data-autofocus
            label={t('name')}
            maxLength={120}
            value={name}
            error={failure}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {mayShare && <Checkbox label={t('share_hint')} checked={shared} onChange={() => setShared(!shared)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('do_save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ConflictProps {
  layout: model.Layout;
  onClose: () => void;
  onTheirs: (layout: model.Layout) => void;
  onOverwrite: (layout: model.Layout) => void;
  onCopy: () => void;
}

/** Somebody saved the same layout in between: nothing is lost, the person decides. */
function Conflict({ layout, onClose, onTheirs, onOverwrite, onCopy }: ConflictProps) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  return (
    <Modal opened onClose={onClose} title={t('conflict.title')}>
      <Stack gap="md">
        <Text size="sm">{t('conflict.text', { name: layout.name, when: format.when(layout.edited_ms) })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onTheirs(layout)}>
            {t('conflict.theirs')}
          </Button>
          <Button variant="default" onClick={onCopy}>
            {t('conflict.copy')}
          </Button>
          <Button color="red" onClick={() => onOverwrite(layout)}>
            {t('conflict.overwrite')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
