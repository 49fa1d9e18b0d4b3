import { ActionIcon, Button, Menu, Modal, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconCircleCheck,
  IconClockPause,
  IconCloudOff,
  IconCloudUp,
  IconDotsVertical,
  IconGavel,
  IconLayoutDashboard,
  IconLogout,
  IconMoon,
  IconRefresh,
  IconSun,
  IconTrash,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes, useLocation, useNavigate } from 'react-router';
import { LanguageSwitch } from '@/app/TopBar';
import { Entry } from '@/desks/accounts/Entry';
import { EmptyState, LoadingRows, useFormat } from '@/kit';
import { removeShell } from '@/kit/offline/shell';
import { useTelephone } from '@/kit/offline/useTelephone';
import classes from './field.module.css';
import { follow } from './offline/position';
import { open, refresh, signOut, unsent, useField } from './offline/store';
import { DayScreen } from './screens/DayScreen';
import { DecisionsScreen } from './screens/DecisionsScreen';
import { NewPlaceScreen } from './screens/NewPlaceScreen';
import { OutboxScreen } from './screens/OutboxScreen';
import { PremisesScreen } from './screens/PremisesScreen';
import { VisitScreen } from './screens/VisitScreen';

const AGAIN_MS = 60_000;

/** The constable's day. Everything it shows lies on the phone; the centre is asked when it can be reached. */
export function Component() {
  const { t } = useTranslation('field');
  const ready = useField((state) => state.ready);
  const person = useField((state) => state.person);
  const signedOut = useField((state) => state.signedOut);
  const duty = useField((state) => state.duty);
  const day = useField((state) => state.day);
  useStart();
  useDaylight();
  useEffect(() => {
    document.title = `${t('title')} · Prahari`;
  }, [t]);
  if (!ready) return <LoadingRows />;
  return (
    <div className={classes.app}>
      <Head />
      <div className={classes.body}>
        <StateBar />
        {duty && !day ? null : person ? (
          <Routes>
            <Route index element={<DayScreen />} />
            <Route path="p/:id" element={<PremisesScreen />} />
            <Route path="p/:id/:outcome" element={<VisitScreen />} />
            <Route path="new" element={<NewPlaceScreen />} />
            <Route path="outbox" element={<OutboxScreen />} />
            <Route path="outbox/:visitId" element={<VisitScreen />} />
            <Route path="decisions" element={<DecisionsScreen />} />
            <Route path="*" element={<EmptyState title={t('no_such_page')} />} />
          </Routes>
        ) : (
          !signedOut && <EmptyState icon={IconCloudOff} title={t('first.title')} hint={t('first.hint')} />
        )}
        {(signedOut || duty) && <Enter />}
      </div>
    </div>
  );
}

const offline = () => useField.setState({ online: false });

function useStart() {
  useTelephone({ open, refresh, offline });
  useEffect(() => {
    const stop = follow();
    const timer = setInterval(() => {
      if (unsent(useField.getState().visits).some((visit) => visit.state === 'waiting')) void refresh();
    }, AGAIN_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
}

const CHOSEN = 'mantine-color-scheme-value';

/** Read in the sun: light while nobody chose, without choosing for the console. */
function useDaylight() {
  useEffect(() => {
    if (localStorage.getItem(CHOSEN)) return;
    const root = document.documentElement;
    const before = root.dataset.mantineColorScheme;
    root.dataset.mantineColorScheme = 'light';
    return () => {
      if (!localStorage.getItem(CHOSEN)) root.dataset.mantineColorScheme = before;
    };
  }, []);
}

function Head() {
  const { t } = useTranslation('field');
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const home = pathname.replace(/\/$/, '') === '/field';
  // Up, not back in time: after a visit is saved the same premises lie twice in the history.
  const up = /^\/field\/p\/[^/]+(?=\/.)/.exec(pathname)?.[0] ?? '/field';
  return (
    <header className={classes.head}>
      {!home && (
        <ActionIcon variant="subtle" size={44} aria-label={t('back')} onClick={() => void navigate(up)}>
          <IconArrowLeft size={22} />
        </ActionIcon>
      )}
      <span className={classes.headTitle}>{t('title')}</span>
      <LanguageSwitch />
      <MoreMenu />
    </header>
  );
}

function MoreMenu() {
  const { t } = useTranslation('field');
  const { setColorScheme } = useMantineColorScheme();
  const { person, visits, busy } = useField();
  const [asked, setAsked] = useState<'leave' | 'sign_out' | null>(null);
  const waiting = unsent(visits).length;
  const dark = document.documentElement.dataset.mantineColorScheme === 'dark';
  return (
    <>
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
          <Menu.Item component={Link} to="/field/decisions" leftSection={<IconGavel size={18} />}>
            {t('decisions.title')}
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
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={18} />} onClick={() => setAsked('leave')}>
            {t('ask_title.leave')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={18} />} disabled={!person} onClick={() => setAsked('sign_out')}>
            {t('ask_title.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={asked && t(`ask_title.${asked}`)}>
        <Stack>
          <Text size="sm">
            {asked && (waiting > 0 ? t(`ask_unsent.${asked}`, { count: waiting }) : t(`ask_hint.${asked}`))}
          </Text>
          <Button
            color={waiting > 0 ? 'red' : undefined}
            onClick={() => {
              setAsked(null);
              void (asked === 'leave' ? removeShell() : signOut().catch(() => refresh()));
            }}
          >
            {asked && t(`ask_do.${asked}`)}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}

/** Where everything recorded is: on the phone, on its way, at the centre, or waiting for a person. */
function StateBar() {
  const { t } = useTranslation('field');
  const format = useFormat();
  const navigate = useNavigate();
  const { visits, busy, online, problem, fetched_ms } = useField();
  const waiting = visits.filter((visit) => visit.state === 'waiting').length;
  const attention = visits.filter((visit) => visit.state === 'attention' || visit.state === 'decision').length;
  const kind = attention > 0 ? 'attention' : waiting > 0 ? 'waiting' : 'sent';
  const Icon = busy ? IconCloudUp : attention > 0 ? IconAlertTriangle : waiting > 0 ? IconClockPause : IconCircleCheck;
  const words = [
    attention > 0 && t('state.attention', { count: attention, number: format.number(attention) }),
    waiting > 0 && t('state.waiting', { count: waiting, number: format.number(waiting) }),
    busy && waiting > 0 && t('state.sending'),
    attention + waiting === 0 && t('state.all_sent'),
    !online && t('state.offline'),
    problem && format.name(problem),
    fetched_ms > 0 && t('state.list_of', { time: format.when(fetched_ms) }),
  ].filter(Boolean);
  return (
    <UnstyledButton
      className={classes.state}
      data-kind={kind}
      data-waiting={waiting}
      onClick={() => void navigate('/field/outbox')}
    >
      {online ? <Icon size={20} aria-hidden /> : <IconCloudOff size={20} aria-hidden />}
      <span className={classes.stateText} role="status">
        {words.join(' · ')}
      </span>
    </UnstyledButton>
  );
}

function Enter() {
  const { t } = useTranslation('field');
  const { person, visits, duty } = useField();
  const waiting = unsent(visits).length;
  return (
    <section className={classes.section} style={{ padding: 16 }}>
      <Entry
        duty={duty}
        title={t('sign_in.title')}
        hint={waiting > 0 ? t('sign_in.unsent', { count: waiting }) : t('sign_in.hint')}
        username={person?.username}
        onDone={() => refresh()}
      />
    </section>
  );
}
