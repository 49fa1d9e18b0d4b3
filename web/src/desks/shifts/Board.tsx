import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { EmptyState, ReasonDialog, useFormat, useNow } from '@/kit';
import { SHIFTS } from './queries';
import type { BoardPost, Duty, ShiftBoard } from './types';
import classes from './shifts.module.css';

/** Who is at which post, who should be, who comes next. */
export function Board({ board }: { board: ShiftBoard }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const client = useQueryClient();
  const [relieving, setRelieving] = useState<Duty | null>(null);
  if (board.items.length === 0) return <EmptyState title={t('board.none')} hint={t('board.none_hint')} />;
  return (
    <section aria-label={t('board.title')}>
      <h2 className={classes.heading}>{t('board.title')}</h2>
      <ul className={classes.board}>
        {board.items.map((post) => (
          <li key={post.id} className={classes.card} data-state={stateOf(post)}>
            <header>
              <b>{format.name(post.name)}</b>
              <span className={classes.faint}>{post.code}</span>
            </header>
            <Present post={post} breakMinutes={board.break_minutes} onRelieve={setRelieving} />
            <Expected post={post} />
          </li>
        ))}
      </ul>
      {relieving && (
        <ReasonDialog
          opened
          danger
          title={t('relieve.title', { name: relieving.person.name })}
          consequence={t('relieve.consequence')}
          confirm={t('act.relieve')}
          onClose={() => setRelieving(null)}
          onConfirm={async (reason) => {
            await api.post(`/duties/${relieving.id}/relieve`, { reason });
            await client.invalidateQueries({ queryKey: SHIFTS });
          }}
        />
      )}
    </section>
  );
}

function stateOf(post: BoardPost): 'on' | 'away' | 'empty' | 'unmanned' {
  if (post.on) return post.on.away ? 'away' : 'on';
  return post.due.length > 0 ? 'unmanned' : 'empty';
}

function Present({
  post,
  breakMinutes,
  onRelieve,
}: {
  post: BoardPost;
  breakMinutes: number;
  onRelieve: (duty: Duty) => void;
}) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const manages = useCan('shift.manage');
  const now = useNow(15_000);
  const { on, incoming } = post;
  if (!on) return <p className={classes.nobody}>{t(post.due.length > 0 ? 'board.unmanned' : 'board.empty')}</p>;
  const away_ms = on.away ? now - on.away.from_ms : 0;
  return (
    <div className={classes.present}>
      <div>
        <span className={classes.person}>{on.person.name}</span>
        <span className={classes.faint}>{t('board.since', { time: format.time(on.on_ms ?? on.from_ms, false) })}</span>
        {on.away && (
          <span className={classes.away} data-long={away_ms > breakMinutes * 60_000 || undefined}>
            {t('board.away', { name: on.away.cover.name, length: format.length(Math.max(0, away_ms)) })}
          </span>
        )}
        {incoming && <span className={classes.incoming}>{t('board.incoming', { name: incoming.person.name })}</span>}
        {post.handover && <span className={classes.incoming}>{t('board.handing_over')}</span>}
      </div>
      {manages && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('board.more', { name: on.person.name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" onClick={() => onRelieve(on)}>
              {t('act.relieve')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** By the roster: whose turn it is and who has not come, then the next. */
function Expected({ post }: { post: BoardPost }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const now = useNow(15_000);
  const missing = post.due.filter((one) => one.person.id !== post.on?.person.id && one.came !== 'on_time');
  return (
    <div className={classes.expected}>
      {missing.map((one) => {
        const told = one.told.at(-1);
        return (
          <p key={one.id} className={classes.missing} data-came={one.came || undefined}>
            {t(`board.missing.${one.came || 'waiting'}`, {
              name: one.person.name,
              time: format.time(one.from_ms, false),
              length: format.length(Math.max(0, now - one.from_ms)),
            })}
            {told && told.people.length > 0 && ` ${t('board.told', { names: told.people.join(', ') })}`}
          </p>
        );
      })}
      {post.next && (
        <p className={classes.faint}>
          {t('board.next', { name: post.next.person.name, time: format.when(post.next.from_ms).replace(/:\d\d$/, '') })}
        </p>
      )}
    </div>
  );
}
