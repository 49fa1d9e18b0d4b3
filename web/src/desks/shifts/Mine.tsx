import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconCoffee, IconDoorExit, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useNow, useShortcut } from '@/kit';
import { Took, type Asking } from './dialogs';
import { ItemList } from './Items';
import type { Handover, MyShift } from './types';
import { useAct } from './useAct';
import classes from './shifts.module.css';

/** My duty: signing on, a break, handing over; or the posts at which I may begin. */
export function Mine({ mine }: { mine: MyShift }) {
  const { t } = useTranslation('shifts');
  const [asking, setAsking] = useState<Asking | null>(null);
  const given = mine.handovers.find((one) => one.given_by.id === mine.duty?.person.id);
  const offered = mine.handovers.filter((one) => one !== given);
  return (
    <section className={classes.mine} aria-label={t('mine.title')}>
      <h2 className={classes.heading}>{t('mine.title')}</h2>
      {mine.duty ? (
        <OnDuty mine={mine} given={given} onAsk={setAsking} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('mine.nowhere')}
        </Text>
      )}
      {mine.covers.length > 0 && (
        <p className={classes.covers}>{t('mine.covers', { posts: mine.covers.join(', ') })}</p>
      )}
      {offered.map((one) => (
        <Offered key={one.id} handover={one} onTake={() => setAsking({ kind: 'take', handover: one })} />
      ))}
      {!mine.duty && <Posts mine={mine} />}
      <Turns mine={mine} />
      {asking && <Took asking={asking} mine={mine} onClose={() => setAsking(null)} />}
    </section>
  );
}

function OnDuty({
  mine,
  given,
  onAsk,
}: {
  mine: MyShift;
  given: Handover | undefined;
  onAsk: (asking: Asking) => void;
}) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const now = useNow(15_000);
  const { send, busy } = useAct();
  const duty = mine.duty;
  if (!duty) return null;
  const on = duty.state === 'on';
  const name = format.name(mine.posts.find((one) => one.code === duty.post)?.name) || duty.post;
  return (
    <Stack gap="xs">
      <div className={classes.post} data-state={duty.away ? 'away' : duty.state}>
        <b>{name}</b>
        <span>{t(duty.away ? 'state.away' : `state.${duty.state}`)}</span>
      </div>
      <Text size="xs" c="dimmed">
        {t('mine.since', { time: format.when(duty.from_ms), length: format.length(Math.max(0, now - duty.from_ms)) })}
        {duty.ends_ms !== null && ` · ${t('mine.until', { time: format.time(duty.ends_ms, false) })}`}
      </Text>
      {duty.away && (
        <Text size="sm">
          {t('mine.covered', {
            name: duty.away.cover.name,
            length: format.length(Math.max(0, now - duty.away.from_ms)),
          })}
        </Text>
      )}
      {given && <Text size="sm">{t('mine.offered')}</Text>}
      <Group gap="xs">
        {on && !duty.away && !given && (
          <Button
            size="xs"
            leftSection={<IconArrowsExchange size={14} />}
            onClick={() => onAsk({ kind: 'hand_over', duty })}
          >
            {t('act.hand_over')}
          </Button>
        )}
        {given && (
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={() => void send(`/shift-handovers/${given.id}/withdraw`)}
          >
            {t('act.withdraw')}
          </Button>
        )}
        {duty.away ? (
          <Button
            size="xs"
            loading={busy}
            leftSection={<IconPlayerPlay size={14} />}
            onClick={() => void send(`/duties/${duty.id}/back`)}
          >
            {t('act.back')}
          </Button>
        ) : (
          on && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCoffee size={14} />}
              onClick={() => onAsk({ kind: 'break', duty })}
            >
              {t('act.break')}
            </Button>
          )
        )}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconDoorExit size={14} />}
          onClick={() => onAsk({ kind: 'sign_off', duty })}
        >
          {t('act.sign_off')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Somebody hands over to whoever comes next. */
function Offered({ handover, onTake }: { handover: Handover; onTake: () => void }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  useShortcut('t', t('act.take'), onTake);
  return (
    <div className={classes.offered}>
      <b>{t('mine.from', { name: handover.given_by.name, post: format.name(handover.post_name) })}</b>
      <p className={classes.note}>{handover.note}</p>
      <ItemList items={handover.items} most={4} />
      <Button size="xs" onClick={onTake}>
        {t('act.take')}
      </Button>
    </div>
  );
}

function Posts({ mine }: { mine: MyShift }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const { send, busy, failure, newKey } = useAct();
  const due = new Set(mine.roster.filter((one) => one.from_ms - 3_600_000 <= mine.now_ms).map((one) => one.post));
  const posts = [...mine.posts].sort((a, b) => Number(due.has(b.code)) - Number(due.has(a.code)));
  if (posts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('mine.no_posts')}
      </Text>
    );
  return (
    <ul className={classes.signOn}>
      {posts.map((one) => (
        <li key={one.id}>
          <span>
            <b>{format.name(one.name)}</b>
            <span className={classes.faint}>
              {one.on ? t('mine.there', { name: one.on }) : t('mine.free')}
              {due.has(one.code) && ` · ${t('mine.your_turn')}`}
            </span>
          </span>
          <Button
            size="xs"
            variant={due.has(one.code) ? 'filled' : 'default'}
            loading={busy}
            disabled={one.incoming !== ''}
            onClick={() => void send(`/shift-posts/${one.id}/sign-on`, { key: newKey() })}
          >
            {t(one.on ? 'act.take_over' : 'act.sign_on')}
          </Button>
        </li>
      ))}
      {failure && (
        <Text size="sm" c="red" role="alert">
          {failure}
        </Text>
      )}
    </ul>
  );
}

function Turns({ mine }: { mine: MyShift }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const coming = mine.roster.slice(0, 7);
  return (
    <>
      <h3 className={classes.subheading}>{t('mine.turns')}</h3>
      {coming.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('mine.no_turns')}
        </Text>
      ) : (
        <ul className={classes.turns}>
          {coming.map((one) => (
            <li key={one.id}>
              <span>{format.date(one.from_ms)}</span>
              <span>
                {format.time(one.from_ms, false)}–{format.time(one.to_ms, false)}
              </span>
              <span className={classes.faint}>{[format.name(one.turn), one.post].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
