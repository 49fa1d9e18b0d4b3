import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useCan } from '@/api/queries';
import { Page, useFormat } from '@/kit';
import classes from './health.module.css';

const PARTS = ['now', 'uptime', 'levels', 'maintenance'] as const;

/** The pages of camera health under one heading. */
export function Frame({
  as_of_ms,
  actions,
  children,
}: {
  as_of_ms?: number | undefined;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const navigate = useNavigate();
  const seesLevels = useCan('service_level.view');
  const part = useLocation().pathname.split('/')[2] ?? PARTS[0];
  return (
    <Page
      title={t('title')}
      note={as_of_ms === undefined ? undefined : t('as_of', { time: format.when(as_of_ms) })}
      actions={actions}
    >
      <div className={classes.frame}>
        <Tabs
          value={part}
          onChange={(next) => void navigate(next === PARTS[0] ? '/camera-health' : `/camera-health/${next}`)}
        >
          <Tabs.List className={classes.tabs} aria-label={t('title')}>
            {PARTS.filter((one) => one !== 'levels' || seesLevels).map((one) => (
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
