import { ActionIcon, Button, Group, Menu, Text, TextInput, Tooltip } from '@mantine/core';
import { IconDots, IconEraser, IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifications } from '@mantine/notifications';
import { api, sentenceOf } from '@/api/client';
import { FormModal } from '@/desks/works/FormModal';
import { ReasonDialog, StatusIcon, useFormat } from '@/kit';
import { Board } from '../screen/Board';
import { takeScreens, useWallActs } from './queries';
import { ScreenForm } from './ScreenForm';
import classes from './screens.module.css';
import { ShowDialog } from './ShowDialog';
import type { Item, Screen } from './types';

type Asked = 'show' | 'edit' | 'pair' | 'revoke' | null;

interface Props {
  screen: Screen;
  maySetUp: boolean;
  /** Beginnings of the addresses of pages that screens may show. */
  pages: string[];
}

/** One screen: live and small, what stands on it by whom, and what can be done with it. */
export function ScreenCard({ screen, maySetUp, pages }: Props) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const client = useQueryClient();
  const { release } = useWallActs();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const name = format.name(screen.name);
  const done = (next: Screen) => takeScreens(client, [next]);
  const take = (showings: string[] | null, message: string) =>
    release(screen.id, showings, message).catch((error: unknown) =>
      notifications.show({ color: 'red', message: sentenceOf(error) }),
    );
  const own = [...screen.items, ...screen.beneath].some((one) => one.source === 'person' || one.source === 'salvo');
  return (
    <section className={classes.card} aria-label={name} data-screen={screen.id} data-off={!screen.active || undefined}>
      <header className={classes.head}>
        <div className={classes.title}>
          <h2>{name}</h2>
          <Text size="xs" c="dimmed">
            {[
              screen.place,
              t('screens.size', { columns: format.number(screen.columns), rows: format.number(screen.rows) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <Kiosk screen={screen} />
        {maySetUp && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={30} aria-label={t('screens.more')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsked('pair')}>{t('pair.do')}</Menu.Item>
              <Menu.Item onClick={() => setAsked('edit')}>{t('screens.edit')}</Menu.Item>
              {screen.enrolled_ms !== null && (
                <Menu.Item color="red" onClick={() => setAsked('revoke')}>
                  {t('revoke.do')}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <div className={classes.preview} style={{ aspectRatio: `${screen.columns * 16} / ${screen.rows * 9}` }}>
        <Board screen={screen} small />
      </div>
      <ul className={classes.items}>
        {[...screen.items].reverse().map((item) => (
          <Row key={item.id} item={item} onTake={() => void take([item.id], t('take.done'))} />
        ))}
      </ul>
      {screen.beneath.length > 0 && (
        <Text size="xs" c="dimmed" px="xs">
          {t('screens.beneath', { count: screen.beneath.length, number: format.number(screen.beneath.length) })}{' '}
          {[...new Set(screen.beneath.map((one) => one.by || t('screens.centre')))].join(', ')}
        </Text>
      )}
      <Group gap="xs" p="xs">
        <Button
          size="xs"
          leftSection={<IconPlus size={14} />}
          disabled={!screen.active}
          onClick={() => setAsked('show')}
        >
          {t('show.title')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconEraser size={14} />}
          disabled={!own}
          onClick={() => void take(null, t('take.all_done', { screen: name }))}
        >
          {t('take.all')}
        </Button>
      </Group>
      {asked === 'show' && <ShowDialog screen={screen} pages={pages} onClose={close} />}
      {asked === 'edit' && <ScreenForm screen={screen} onClose={close} onDone={done} />}
      {asked === 'pair' && <PairDialog screen={screen} onClose={close} onDone={done} />}
      {asked === 'revoke' && (
        <ReasonDialog
          opened
          danger
          title={t('revoke.title', { screen: name })}
          consequence={t('revoke.consequence')}
          confirm={t('revoke.do')}
          onClose={close}
          onConfirm={async (reason) => done(await api.post<Screen>(`/screens/${screen.id}/revoke`, { reason }))}
        />
      )}
    </section>
  );
}

function Kiosk({ screen }: { screen: Screen }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const [status, word] = !screen.active
    ? (['unknown', 'screens.not_active'] as const)
    : screen.linked
      ? (['live', 'screens.linked'] as const)
      : screen.enrolled_ms !== null
        ? (['offline', 'screens.not_linked'] as const)
        : (['unknown', 'screens.not_paired'] as const);
  return (
    <Tooltip
      label={
        screen.seen_ms === null ? t('screens.never_seen') : t('screens.seen', { time: format.when(screen.seen_ms) })
      }
    >
      <span className={classes.kiosk} data-linked={screen.linked || undefined}>
        <StatusIcon status={status} size={12} /> {t(word)}
      </span>
    </Tooltip>
  );
}

function Row({ item, onTake }: { item: Item; onTake: () => void }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const cameras = item.content.cameras ?? [];
  const what =
    item.kind === 'camera'
      ? format.name(cameras[0]?.name) || t('screen.no_camera')
      : item.kind === 'tour'
        ? t('screens.tour_of', { count: cameras.length, number: format.number(cameras.length) })
        : item.content.chart
          ? t(`chart.${item.content.chart}.title`)
          : item.content.title || item.content.url || t(`kind.${item.kind}`);
  const who = item.why ? format.name(item.why) : item.by || t('screens.centre');
  return (
    <li>
      <span className={classes.what}>
        <b>{what}</b>
        <span>
          {who} · {format.when(item.put_ms)}
          {item.until_ms !== null && ` · ${t('screens.until', { time: format.time(item.until_ms, false) })}`}
        </span>
      </span>
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('take.one', { what })} onClick={onTake}>
        <IconX size={15} />
      </ActionIcon>
    </li>
  );
}

interface PairProps {
  screen: Screen;
  onClose: () => void;
  onDone: (screen: Screen) => void;
}

/** Type in the code that the kiosk shows. */
function PairDialog({ screen, onClose, onDone }: PairProps) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const [code, setCode] = useState('');
  return (
    <FormModal
      askWhy
      title={t('pair.title', { screen: format.name(screen.name) })}
      submit={t('pair.do')}
      busy={code.replace(/[^a-zA-Z0-9]/g, '').length < 8}
      onClose={onClose}
      onSend={async (reason) => onDone(await api.post<Screen>(`/screens/${screen.id}/enrol`, { code, reason }))}
    >
      {(errors) => (
        <>
          <Text size="sm">{t('pair.how', { address: `${location.origin}/screen` })}</Text>
          <TextInput
            data-autofocus
            required
            autoComplete="off"
            label={t('pair.code')}
            placeholder="ABCD-EFGH"
            maxLength={20}
            value={code}
            error={errors.code}
            onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
          />
          {screen.enrolled_ms !== null && (
            <Text size="sm" c="yellow">
              {t('pair.in_place_of_another')}
            </Text>
          )}
        </>
      )}
    </FormModal>
  );
}
