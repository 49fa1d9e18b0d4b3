import {
  ActionIcon,
  Avatar,
  Button,
  Group,
  Menu,
  Text,
  Tooltip,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import {
  IconKey,
  IconLogout,
  IconMoon,
  IconNumbers,
  IconPlugConnected,
  IconPlugConnectedX,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOut } from '@/api/auth';
import { api } from '@/api/client';
import { useConnection } from '@/api/events';
import { countsQuery, useMe } from '@/api/queries';
import type { Status } from '@/api/types';
import { AlarmsInBar } from '@/desks/alarms/InBar';
import { ShiftInBar } from '@/desks/shifts/InBar';
import { currentLanguage, setLanguage } from '@/i18n';
import { StatusIcon, useFormat, useNow, usePreferences } from '@/kit';
import { Keys } from './ShortcutSheet';
import classes from './Shell.module.css';

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('app');
  return (
    <header className={classes.bar}>
      <UnstyledButton className={classes.search} onClick={onSearch} aria-label={t('search.open')}>
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <span className={classes.searchText}>{t('search.hint')}</span>
        <Keys keys="mod+k" />
      </UnstyledButton>
      <CountsInBar />
      <AlarmsInBar />
      <ShiftInBar />
      <ConnectionMark />
      <span className={classes.onDesk}>
        <LanguageSwitch />
        <SchemeSwitch />
      </span>
      <WhoAmI />
    </header>
  );
}

const IN_BAR: Status[] = ['live', 'stalled', 'offline'];

function CountsInBar() {
  const { t } = useTranslation('app');
  const format = useFormat();
  const counts = useQuery(countsQuery).data;
  return (
    <div className={classes.counts}>
      {IN_BAR.map((status) => (
        <Tooltip
          key={status}
          label={
            counts ? t('counts.as_of', { time: format.time(counts.as_of_ms), what: t(`counts.${status}_long`) }) : ''
          }
        >
          <Link to={`/cameras?status=${status}`} className={classes.count}>
            <StatusIcon status={status} />
            <b>{counts ? format.number(counts[status]) : '–'}</b>
            <span className={classes.countWord}>{t(`counts.${status}`)}</span>
          </Link>
        </Tooltip>
      ))}
    </div>
  );
}

/** Whether what is on the screen still follows the city. */
function ConnectionMark() {
  const { t } = useTranslation('app');
  const format = useFormat();
  const { state, since_ms } = useConnection();
  const now = useNow();
  if (state !== 'down')
    return (
      <Tooltip label={t(`connection.${state}`)}>
        <span className={classes.connection} data-state={state} role="status" aria-label={t(`connection.${state}`)}>
          <IconPlugConnected size={18} stroke={1.6} aria-hidden />
        </span>
      </Tooltip>
    );
  return (
    <Tooltip label={t('connection.down_long')}>
      <span className={classes.connection} data-state="down" role="status">
        <IconPlugConnectedX size={18} stroke={1.6} aria-hidden />
        {t('connection.down', { length: format.length(Math.max(0, now - since_ms)) })}
      </span>
    </Tooltip>
  );
}

export function LanguageSwitch() {
  const { t, i18n } = useTranslation('app');
  const signedIn = useMe() !== undefined;
  const other = i18n.language === 'en' ? 'hi' : 'en';
  return (
    <Tooltip label={t('language.switch')}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        px={8}
        lang={other}
        style={{ flex: 'none' }}
        onClick={() => {
          setLanguage(other);
          // The account remembers it for the next machine; the switch itself does not wait for that.
          if (signedIn) api.patch('/me', { language: other }).catch(() => setLanguage(currentLanguage()));
        }}
      >
        {other === 'en' ? 'English' : 'हिन्दी'}
      </Button>
    </Tooltip>
  );
}

export function SchemeSwitch() {
  const { t } = useTranslation('app');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = colorScheme === 'light' ? 'dark' : 'light';
  return (
    <Tooltip label={t(`scheme.${other}`)}>
      <ActionIcon variant="subtle" color="gray" aria-label={t(`scheme.${other}`)} onClick={() => setColorScheme(other)}>
        {other === 'dark' ? <IconMoon size={18} stroke={1.6} /> : <IconSun size={18} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}

function WhoAmI() {
  const { t } = useTranslation('app');
  const format = useFormat();
  const me = useMe();
  const { numerals, setNumerals } = usePreferences();
  if (!me) return null;
  const first = me.grants[0];
  const initials = me.name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <Menu position="bottom-end" width={280} shadow="none">
      <Menu.Target>
        <UnstyledButton className={classes.who} aria-label={me.name}>
          <Avatar size={28} radius="sm" color="accent" variant="light">
            {initials}
          </Avatar>
          <span className={classes.whoText}>
            <span className={classes.whoName}>{me.name || me.username}</span>
            {first && <span className={classes.whoPlace}>{format.name(first.jurisdiction.name)}</span>}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.username}</Menu.Label>
        {me.grants.map((grant, at) => (
          <Text key={at} size="xs" px="sm" py={2}>
            {format.name(grant.role.name)} · {format.name(grant.jurisdiction.name)}
            {grant.agency ? ` · ${format.name(grant.agency.name)}` : ''}
          </Text>
        ))}
        <Menu.Divider />
        <Group className={classes.onPhone} px="xs" gap="xs">
          <LanguageSwitch />
          <SchemeSwitch />
        </Group>
        <Menu.Item component={Link} to="/account" leftSection={<IconKey size={16} />}>
          {t('account')}
        </Menu.Item>
        {format.language === 'hi' && (
          <Menu.Item
            leftSection={<IconNumbers size={16} />}
            onClick={() => setNumerals(numerals === 'latn' ? 'deva' : 'latn')}
          >
            {t('numerals')}: {numerals === 'latn' ? '०१२३' : '0123'}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => void signOut().then(() => location.assign('/'))}
        >
          {t('sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
