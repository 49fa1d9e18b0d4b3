import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

const PAGES = { '/dispatch': 'tab.units', '/dispatch/hotspots': 'tab.hotspots' } as const;

/** The desk's pages beside each other. */
export function Tabs() {
  const { t } = useTranslation('dispatch');
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('tab.label')}
      data={Object.entries(PAGES).map(([value, key]) => ({ value, label: t(key) }))}
      value={pathname.replace(/\/$/, '')}
      onChange={(to) => void navigate(to)}
    />
  );
}
