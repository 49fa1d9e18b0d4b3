import { Button, Tabs } from '@mantine/core';
import { IconPresentation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useCan } from '@/api/queries';
import { Page } from '@/kit';
import { Associations } from './Associations';
import { Campaigns } from './Campaigns';
import { Letters } from './Letters';
import classes from './outreach.module.css';
import { Testimonials } from './Testimonials';
import { VaultView } from './VaultView';
import { Visits } from './Visits';

const TABS = {
  associations: Associations,
  campaigns: Campaigns,
  letters: Letters,
  visits: Visits,
  testimonials: Testimonials,
  vault: VaultView,
} as const;
type Tab = keyof typeof TABS;

/** Winning people over: associations, campaigns, letters, visits of representatives, testimonials and their two copies. */
export function Component() {
  const { t } = useTranslation('outreach');
  const mayShow = useCan('presentation.use');
  const [search, setSearch] = useSearchParams();
  const asked = search.get('tab') ?? '';
  const tab: Tab = asked in TABS ? (asked as Tab) : 'associations';
  const Shown = TABS[tab];
  return (
    <Page
      title={t('title')}
      actions={
        mayShow && (
          <Button
            size="xs"
            variant="default"
            component={Link}
            to="/presentation"
            leftSection={<IconPresentation size={14} />}
          >
            {t('presentation')}
          </Button>
        )
      }
    >
      <div className={classes.layout}>
        <Tabs
          className={classes.tabs}
          value={tab}
          onChange={(value) => value && setSearch({ tab: value }, { replace: true })}
        >
          <Tabs.List style={{ flexWrap: 'nowrap' }}>
            {(Object.keys(TABS) as Tab[]).map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <div className={classes.body}>
          <Shown />
        </div>
      </div>
    </Page>
  );
}
