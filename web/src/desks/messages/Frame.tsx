import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Page } from '@/kit';

const PARTS = [
  ['/messages', 'log.title'],
  ['/messages/gateways', 'gateways.title'],
  ['/messages/words', 'words.title'],
] as const;

interface Props {
  note?: ReactNode;
  actions?: ReactNode;
  padded?: boolean;
  children: ReactNode;
}

/** The desk's three pages under one heading. */
export function Frame({ note, actions, padded = false, children }: Props) {
  const { t } = useTranslation('messages');
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <Page
      title={t('title')}
      note={note}
      padded={padded}
      actions={
        <>
          {actions}
          <SegmentedControl
            size="xs"
            aria-label={t('title')}
            value={pathname}
            data={PARTS.map(([value, label]) => ({ value, label: t(label) }))}
            onChange={(to) => void navigate(to)}
          />
        </>
      }
    >
      {children}
    </Page>
  );
}
