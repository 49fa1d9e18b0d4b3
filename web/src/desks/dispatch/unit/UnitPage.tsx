import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconDotsVertical, IconLayoutDashboard, IconLogout, IconMoon, IconRefresh, IconSun } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EventStream } from '@/api/events';
import { LanguageSwitch } from '@/app/TopBar';
import { Entry } from '@/desks/accounts/Entry';
import { call } from '@/desks/alarms/sound';
import { LoadingRows } from '@/kit';
import { useTelephone } from '@/kit/offline/useTelephone';
import { applied, positionPause_ms } from './applied';
import { open, refresh, refreshSoon, signOut, useCrew } from './offline/store';
import { track, useTracking, watchBattery } from './offline/tracking';
import { AboardScreen } from './screens/AboardScreen';
import { JoinScreen } from './screens/JoinScreen';
import { StateBar } from './screens/StateBar';
import type { Day } from './types';
import classes from './unit.module.css';

const LOOK_MS = 4_000;
/** Asked every so many looks; at each one while something waits to be sent: a network often comes back untold. */
const LOOKS = 5;
const CALL_AGAIN_MS = 12_000;
const BUZZ_MS = [400, 200, 400];

/** The crew's telephone: what the unit is sent to, the steps on the way, words with the centre, where it is. */
export function Component() {
  const { t } = useTranslation('unit');
  const { ready, person, day, deeds, signedOut, duty } = useCrew();
  const shown = useMemo(() => day && applied(day, deeds), [day, deeds]);
  useStart();
  useTold(shown);
  usePosition(shown);
  useEffect(() => {
    document.title = `${shown?.unit?.call_sign ?? t('title')} · Prahari`;
  }, [t, shown?.unit?.call_sign]);
  if (!ready) return <LoadingRows />;
  return (
    <div className={classes.app}>
      <header className={classes.head}>
        <span className={classes.title}>{shown?.unit?.call_sign ?? t('title')}</span>
        <LanguageSwitch />
        <More />
      </header>
      <div className={classes.body}>
        <StateBar />
        {(signedOut || duty) && <Enter />}
        {shown && (shown.unit ? <AboardScreen day={shown} unit={shown.unit} /> : <JoinScreen day={shown} />)}
        {!shown && !signedOut && !duty && (
          <p className={classes.section}>{t(person ? 'waiting_for_centre' : 'first')}</p>
        )}
      </div>
    </div>
  );
}

const offline = () => useCrew.setState({ online: false });

function useStart() {
  useTelephone({ open, refresh, offline });
  useEffect(() => {
    void watchBattery();
    // Put on the telephone's home screen, it opens here.
    document.querySelector('link[rel=manifest]')?.setAttribute('href', '/unit.webmanifest');
    const stream = new EventStream({
      onEvent: ({ type }) => {
        if (type === 'assignment.changed' || type === 'unit.changed') refreshSoon();
      },
      onResync: refreshSoon,
    });
    stream.start();
    let looks = 0;
    const timer = setInterval(() => {
      const waits = useCrew.getState().deeds.some((one) => one.state === 'waiting');
      if (++looks % LOOKS === 0 || waits) void refresh();
    }, LOOK_MS);
    return () => {
      stream.stop();
      clearInterval(timer);
    };
  }, []);
}

/** Rings and shakes while the unit is called and nobody on board has answered. */
function useTold(day: Day | null) {
  const waits = day?.assignments.some((one) => one.state === 'offered') ?? false;
  useEffect(() => {
    if (!waits) return;
    const ring = () => {
      void call();
      navigator.vibrate?.(BUZZ_MS);
    };
    ring();
    const timer = setInterval(ring, CALL_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits]);
}

function usePosition(day: Day | null) {
  const battery = useTracking((state) => state.battery);
  const pause_ms = day ? positionPause_ms(day, battery) : null;
  const exact = day?.assignments.some((one) => one.state === 'acknowledged' || one.state === 'en_route') ?? false;
  useEffect(() => (pause_ms === null ? undefined : track(pause_ms, exact)), [pause_ms, exact]);
}

function More() {
  const { t } = useTranslation('unit');
  const { setColorScheme } = useMantineColorScheme();
  const { person, busy } = useCrew();
  const dark = document.documentElement.dataset.mantineColorScheme === 'dark';
  return (
    <Menu position="bottom-end" shadow="none">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('more')}>
          <IconDotsVertical size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {person && <Menu.Label>{person.name || person.username}</Menu.Label>}
        <Menu.Item leftSection={<IconRefresh size={18} />} disabled={busy} onClick={() => void refresh()}>
          {t('send_now')}
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={18} /> : <IconMoon size={18} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {t(dark ? 'light' : 'dark')}
        </Menu.Item>
        <Menu.Item component="a" href="/" leftSection={<IconLayoutDashboard size={18} />}>
          {t('console')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={18} />}
          disabled={!person}
          onClick={() => void signOut().catch(() => refresh())}
        >
          {t('sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Enter() {
  const { t } = useTranslation('unit');
  const { person, duty } = useCrew();
  return (
    <section className={classes.section}>
      <Entry duty={duty} title={t('sign_in')} username={person?.username} onDone={() => refresh()} />
    </section>
  );
}
