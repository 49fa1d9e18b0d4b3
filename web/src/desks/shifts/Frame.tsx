import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useCan } from '@/api/queries';
import { Page } from '@/kit';
import classes from './shifts.module.css';

const PARTS = [
  ['/shifts', 'parts.now', ''],
  ['/shifts/roster', 'parts.roster', ''],
  ['/shifts/handovers', 'parts.handovers', ''],
  ['/shifts/attention', 'parts.attention', ''],
  ['/shifts/posts', 'parts.posts', 'shift.manage'],
] as const;

interface Props {
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The desk's pages under one heading. */
export function Frame({ note, actions, children }: Props) {
  const { t } = useTranslation('shifts');
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const plans = useCan('shift.manage');
  return (
    <Page title={t('title')} note={note} actions={actions}>
      <div className={classes.frame}>
        <div className={classes.parts}>
          <SegmentedControl
            size="xs"
            aria-label={t('title')}
            value={pathname}
            data={PARTS.filter(([, , needs]) => !needs || plans).map(([value, label]) => ({ value, label: t(label) }))}
            onChange={(to) => void navigate(to)}
          />
        </div>
        <div className={classes.content}>{children}</div>
      </div>
    </Page>
  );
}
