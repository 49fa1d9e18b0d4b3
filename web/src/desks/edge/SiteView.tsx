import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { ErrorState, LoadingRows, ReasonDialog, useFormat, useNow } from '@/kit';
import { SiteState } from './State';
import { TrafficChart } from './TrafficChart';
import { Updating } from './Updating';
import { AttachCamera, CodeDialog, EditSite } from './dialogs';
import { siteQuery } from './queries';
import type { EdgeCode, EdgeSite, LocalCamera } from './types';
import classes from './edge.module.css';

const CLOCK_WRONG_MS = 60_000;
const SOON_OVER_MS = 14 * 86_400_000;

export function SiteView({ id }: { id: string }) {
  const { t } = useTranslation('edge');
  const client = useQueryClient();
  const now = useNow();
  const { data: site, error, refetch } = useQuery(siteQuery(id));
  const [asking, setAsking] = useState<'code' | 'revoke' | null>(null);
  const [code, setCode] = useState<EdgeCode | null>(null);
  const [editing, setEditing] = useState(false);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!site) return <LoadingRows rows={8} />;
  return (
    <section aria-label={site.name}>
      <Group justify="space-between" align="start">
        <div>
          <div className={classes.name}>{site.name}</div>
          <SiteState state={site.state} />
          <div className={classes.facts}>{t(`state_hint.${site.state}`)}</div>
          {site.revoked_reason && <div className={classes.facts}>{site.revoked_reason}</div>}
        </div>
        {site.may_manage && (
          <Group gap="xs">
            <Button size="xs" onClick={() => setAsking('code')}>
              {t(site.enrolled_ms === null ? 'code.make' : 'code.again')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setEditing(true)}>
              {t('edit.title')}
            </Button>
            {site.state !== 'revoked' && (
              <Button size="xs" variant="default" color="red" onClick={() => setAsking('revoke')}>
                {t('revoke.title')}
              </Button>
            )}
          </Group>
        )}
      </Group>
      <Figures site={site} now={now} />
      <Updating site={site} />
      <TrafficChart site={site} now={now} />
      <Cameras site={site} />
      <ReasonDialog
        opened={asking === 'code'}
        title={t('code.make')}
        consequence={t('code.consequence')}
        confirm={t('code.make')}
        onClose={() => setAsking(null)}
        onConfirm={async (reason) => setCode(await api.post<EdgeCode>(`/edge-sites/${id}/code`, { reason }))}
      />
      <ReasonDialog
        danger
        opened={asking === 'revoke'}
        title={t('revoke.title')}
        consequence={t('revoke.consequence')}
        confirm={t('revoke.title')}
        onClose={() => setAsking(null)}
        onConfirm={async (reason) => {
          await api.post(`/edge-sites/${id}/revoke`, { reason });
          await client.invalidateQueries({ queryKey: ['edge'] });
        }}
      />
      {code && (
        <CodeDialog
          code={code}
          onClose={() => {
            setCode(null);
            void client.invalidateQueries({ queryKey: ['edge'] });
          }}
        />
      )}
      {editing && <EditSite site={site} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Figures({ site, now }: { site: EdgeSite; now: number }) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const clock = site.clock_off_ms;
  const until = site.certificate_until_ms;
  const facts: [label: string, value: string, isBad?: boolean][] = [
    ['seen', site.seen_ms === null ? '–' : format.ago(site.seen_ms, now)],
    ['version', site.version || '–'],
    ['certificate', until === null ? '–' : format.date(until), until !== null && until - now < SOON_OVER_MS],
    [
      'clock',
      clock === null
        ? '–'
        : Math.abs(clock) < 1000
          ? t('fact.clock_right')
          : t(clock > 0 ? 'fact.clock_ahead' : 'fact.clock_behind', { length: format.length(Math.abs(clock)) }),
      clock !== null && Math.abs(clock) > CLOCK_WRONG_MS,
    ],
    ['round_trip', site.round_trip_ms === null ? '–' : t('fact.ms', { number: format.number(site.round_trip_ms) })],
    ['disk', site.disk_free_bytes === null ? '–' : format.bytes(site.disk_free_bytes)],
    ['waiting', format.number(site.events_waiting)],
    [
      'month',
      site.month_limit_bytes
        ? t('fact.month_of', {
            bytes: format.bytes(site.month_bytes),
            limit: format.bytes(site.month_limit_bytes),
          })
        : format.bytes(site.month_bytes),
      site.month_limit_bytes > 0 && site.month_bytes >= site.month_limit_bytes,
    ],
  ];
  return (
    <dl className={classes.figures}>
      {facts.map(([label, value, isBad]) => (
        <div key={label}>
          <dt>{t(`fact.${label}`)}</dt>
          <dd className={isBad ? classes.bad : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Cameras({ site }: { site: EdgeSite }) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const client = useQueryClient();
  const [attaching, setAttaching] = useState<string | null>(null);
  const [detaching, setDetaching] = useState<LocalCamera | null>(null);
  return (
    <>
      <h3 className={classes.heading}>{t('local.title')}</h3>
      {site.local_cameras.length === 0 ? (
        <p className={classes.facts}>{t('local.none')}</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('local.name')}</th>
                <th>{t('local.camera')}</th>
                <th>{t('local.small')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {site.local_cameras.map((one) => (
                <tr key={one.name}>
                  <td>
                    {one.name}
                    <div className={classes.facts}>
                      {[one.title, one.make, one.model].filter(Boolean).join(' · ')}
                      {!one.known && t('local.unknown')}
                    </div>
                  </td>
                  <td>
                    {one.camera ? (
                      <Link to={`/cameras/${one.camera.id}`}>{format.name(one.camera.name)}</Link>
                    ) : (
                      t('local.nobody')
                    )}
                  </td>
                  <td>{t(one.has_sub ? 'local.yes' : 'local.no')}</td>
                  <td>
                    {site.may_manage &&
                      (one.camera ? (
                        <Button size="compact-xs" variant="default" onClick={() => setDetaching(one)}>
                          {t('detach.title')}
                        </Button>
                      ) : (
                        <Button size="compact-xs" variant="default" onClick={() => setAttaching(one.name)}>
                          {t('attach.submit')}
                        </Button>
                      ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {attaching && <AttachCamera site={site} name={attaching} onClose={() => setAttaching(null)} />}
      <ReasonDialog
        opened={detaching !== null}
        title={t('detach.title')}
        consequence={t('detach.consequence')}
        confirm={t('detach.title')}
        onClose={() => setDetaching(null)}
        onConfirm={async (reason) => {
          await api.post(`/edge-sites/${site.id}/cameras/${detaching?.camera?.id ?? ''}/detach`, { reason });
          await client.invalidateQueries({ queryKey: ['edge'] });
        }}
      />
    </>
  );
}
