import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Page } from '@/kit';
import classes from './programme.module.css';

const OVERVIEW = 'overview';
const PARTS = [OVERVIEW, 'premises', 'tasks', 'matters', 'officers', 'orders', 'rules'] as const;

interface Props {
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The programme's pages under one heading, side by side. */
export function Frame({ note, actions, children }: Props) {
  const { t } = useTranslation('programme');
  const navigate = useNavigate();
  const part = useLocation().pathname.split('/')[2] || OVERVIEW;
  return (
    <Page
      title={part === OVERVIEW ? t('title') : t(`part.${part}`)}
      {...(note ? { note } : {})}
      {...(actions ? { actions } : {})}
    >
      <div className={classes.frame}>
        <Tabs
          value={part}
          keepMounted={false}
          onChange={(next) => void navigate(next && next !== OVERVIEW ? `/programme/${next}` : '/programme')}
        >
          <Tabs.List className={classes.tabs} aria-label={t('parts')}>
            {PARTS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`part.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <div className={classes.content}>{children}</div>
      </div>
    </Page>
  );
}
