import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconDots, IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import type { RailEntry } from './desk';
import classes from './Shell.module.css';

const keysOf = (entry: RailEntry) => (entry.keys ? `  ${entry.keys.toUpperCase()}` : '');

/** Not marked while a page beneath it stands on the rail itself and is open. */
const wholly = (entry: RailEntry, entries: RailEntry[]) =>
  entry.to === '/' || entries.some((other) => other.to.startsWith(`${entry.to}/`));

export function Rail({ entries, onShortcuts }: { entries: RailEntry[]; onShortcuts: () => void }) {
  const { t } = useTranslation('app');
  return (
    <nav className={classes.rail} aria-label={t('desks')}>
      <Link to="/" className={classes.mark} aria-label="Prahari">
        <Mark />
      </Link>
      {entries.map((entry) => (
        <Tooltip key={entry.to} label={t(entry.label) + keysOf(entry)} position="right">
          <NavLink
            to={entry.to}
            end={wholly(entry, entries)}
            className={classes.railLink ?? ''}
            aria-label={t(entry.label)}
          >
            <entry.icon size={22} stroke={1.6} aria-hidden />
          </NavLink>
        </Tooltip>
      ))}
      <span className={classes.spacer} />
      <Tooltip label={`${t('shortcuts.open')}  ?`} position="right">
        <UnstyledButton className={classes.railLink} onClick={onShortcuts} aria-label={t('shortcuts.open')}>
          <IconKeyboard size={22} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Tooltip>
    </nav>
  );
}

/** The phone's rail: the desks used in the hand, the others one tap further. */
export function BottomBar({ entries }: { entries: RailEntry[] }) {
  const { t } = useTranslation('app');
  const shown = entries.filter((entry) => entry.phone).slice(0, 4);
  const rest = entries.filter((entry) => !shown.includes(entry));
  return (
    <nav className={classes.bottom} aria-label={t('desks')}>
      {shown.map((entry) => (
        <NavLink key={entry.to} to={entry.to} end={wholly(entry, entries)} className={classes.bottomLink ?? ''}>
          <entry.icon size={22} stroke={1.6} aria-hidden />
          <span className={classes.bottomName}>{t(entry.label)}</span>
        </NavLink>
      ))}
      {rest.length > 0 && (
        <Menu position="top-end" shadow="none" withinPortal>
          <Menu.Target>
            <UnstyledButton className={classes.bottomLink}>
              <IconDots size={22} stroke={1.6} aria-hidden />
              {t('more')}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((entry) => (
              <Menu.Item key={entry.to} component={Link} to={entry.to} leftSection={<entry.icon size={18} />}>
                {t(entry.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  );
}

/** A watching eye whose pupil is the colour of a live camera. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <path
        d="M2 16C6 9.5 10.5 6.5 16 6.5S26 9.5 30 16c-4 6.5-8.5 9.5-14 9.5S6 22.5 2 16Z"
        fill="none"
        stroke="currentColor"
        strokeWidth={2.2}
        strokeLinejoin="round"
      />
      <circle cx={16} cy={16} r={4.6} fill="var(--live)" />
    </svg>
  );
}
