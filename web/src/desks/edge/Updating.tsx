import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ReasonDialog } from '@/kit';
import { releasesQuery } from './queries';
import type { EdgeSite } from './types';
import { newestFor } from './versions';
import classes from './edge.module.css';

/** Which version the box runs, how far an update is, and the button for the next one. */
export function Updating({ site }: { site: EdgeSite }) {
  const { t } = useTranslation('edge');
  const client = useQueryClient();
  const { data } = useQuery({ ...releasesQuery, enabled: site.may_manage });
  const [asking, setAsking] = useState<'update' | 'leave' | null>(null);
  const newest = newestFor(site, data?.items ?? []);
  const { phase, version, percent, reason } = site.update;
  const isOpen = site.chosen_version !== '' && site.chosen_version !== site.version;
  const said = phase && (isOpen || phase === 'trying') ? phase : isOpen ? 'chosen' : 'current';
  if (!site.version && said === 'current') return null;
  const choose = async (release: string | null, why: string) => {
    await api.post(`/edge-sites/${site.id}/release`, { release, reason: why });
    await client.invalidateQueries({ queryKey: ['edge'] });
  };
  return (
    <section aria-label={t('update.title')}>
      <h3 className={classes.heading}>{t('update.title')}</h3>
      <Group justify="space-between" align="start">
        <div role="status">
          <div className={said === 'failed' ? classes.bad : undefined}>
            {t(`update.${said}`, {
              version: said === 'current' ? site.version : said === 'chosen' ? site.chosen_version : version,
              percent,
            })}
          </div>
          {(said === 'failed' || said === 'waiting') && reason && (
            <div className={classes.facts}>{t(`update_reason.${reason}`)}</div>
          )}
        </div>
        {site.may_manage && (
          <Group gap="xs">
            {newest && (
              <Button size="xs" onClick={() => setAsking('update')}>
                {t('update.button', { version: newest.version })}
              </Button>
            )}
            {isOpen && said !== 'trying' && (
              <Button size="xs" variant="default" onClick={() => setAsking('leave')}>
                {t('update.leave', { version: site.version })}
              </Button>
            )}
          </Group>
        )}
      </Group>
      <ReasonDialog
        opened={asking === 'update' && newest !== undefined}
        title={t('update.button', { version: newest?.version })}
        consequence={t('update.consequence')}
        confirm={t('update.button', { version: newest?.version })}
        onClose={() => setAsking(null)}
        onConfirm={(why) => choose(newest?.id ?? null, why)}
      />
      <ReasonDialog
        opened={asking === 'leave'}
        title={t('update.leave', { version: site.version })}
        consequence={t('update.leave_consequence')}
        confirm={t('update.leave', { version: site.version })}
        onClose={() => setAsking(null)}
        onConfirm={(why) => choose(null, why)}
      />
    </section>
  );
}
