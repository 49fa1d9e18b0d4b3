import { Button, Group, Menu, Switch, TextInput } from '@mantine/core';
import { IconDownload, IconFileCertificate, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { AgreementForm } from './AgreementForm';
import { Frame } from './Frame';
import { agreementsQuery, monthQuery } from './queries';
import type { Agreement } from './types';
import classes from './health.module.css';

const thisMonth = () => new Date(Date.now() + 19_800_000).toISOString().slice(0, 7);

/** Who has promised what, and what a month of it comes to, with the rows behind every number. */
export function Component() {
  const { t } = useTranslation('health');
  const [search, setSearch] = useSearchParams();
  const mayEdit = useCan('service_level.edit');
  const [making, setMaking] = useState(false);
  const past = search.get('past') === '1';
  const { data, error, refetch } = useQuery(agreementsQuery(past));
  const chosen = data?.find((one) => one.id === search.get('id')) ?? data?.[0];
  const set = (name: string, value: string) =>
    setSearch((before) => ({ ...Object.fromEntries(before), [name]: value }), { replace: true });
  return (
    <Frame
      actions={
        mayEdit && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
            {t('level.make')}
          </Button>
        )
      }
    >
      <div className={classes.wide}>
        <div className={classes.filters}>
          <TextInput
            size="xs"
            type="month"
            label={t('level.month')}
            value={search.get('month') ?? thisMonth()}
            onChange={(event) => event.currentTarget.value && set('month', event.currentTarget.value)}
          />
          <Switch
            size="xs"
            label={t('level.past')}
            checked={past}
            onChange={(event) => set('past', event.currentTarget.checked ? '1' : '')}
          />
        </div>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={6} height={56} />
        ) : !chosen ? (
          <EmptyState icon={IconFileCertificate} title={t('level.none')} hint={t('level.none_hint')} />
        ) : (
          <div className={classes.cards}>
            <div>
              {data.map((one) => (
                <Card key={one.id} agreement={one} chosen={one === chosen} onChoose={() => set('id', one.id)} />
              ))}
            </div>
            <Month agreement={chosen} month={search.get('month') ?? thisMonth()} />
          </div>
        )}
      </div>
      {making && <AgreementForm onClose={() => setMaking(false)} />}
    </Frame>
  );
}

function Card({ agreement, chosen, onChoose }: { agreement: Agreement; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const limits = [
    format.name(agreement.jurisdiction.name),
    agreement.owner_class && format.name(agreement.owner_class.name),
    agreement.department && format.name(agreement.department.name),
    agreement.make,
    agreement.link_type && t(`link.${agreement.link_type}`),
  ].filter(Boolean);
  return (
    <button type="button" className={classes.card} aria-pressed={chosen} onClick={onChoose}>
      <div className={classes.what}>{agreement.provider}</div>
      <div className={classes.facts}>{agreement.reference}</div>
      <div className={classes.facts}>{limits.join(' · ')}</div>
      <div className={classes.facts}>
        {t('level.promised', { number: format.number(agreement.uptime_pct, 2) })}
        {' · '}
        {t('level.since', { day: format.date(Date.parse(agreement.valid_from)) })}
        {agreement.valid_to && ` · ${t('level.until', { day: format.date(Date.parse(agreement.valid_to)) })}`}
      </div>
    </button>
  );
}

function Month({ agreement, month }: { agreement: Agreement; month: string }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const { data, error, refetch } = useQuery(monthQuery(agreement.id, month));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={8} />;
  const percent = (value: number | null, digits = 2) =>
    value === null ? '–' : t('percent', { number: format.number(value, digits) });
  const rupees = (value: number) => t('rupees', { number: format.number(value, 2) });
  const hours = (length_ms: number) => format.number(length_ms / 3_600_000, 1);
  const file = (kind: string) =>
    `/api/v1/service-agreements/${agreement.id}/month/export?month=${month}&format=${kind}&language=${format.language}`;
  return (
    <section aria-label={t('level.result')}>
      <Group justify="space-between" mb="sm">
        <p className={classes.note} style={{ margin: 0 }}>
          {data.final ? t('level.final') : t('level.running', { time: format.when(data.as_of_ms) })}
        </p>
        <Menu position="bottom-end" shadow="none">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
              {t('export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['pdf', 'xlsx'] as const).map((kind) => (
              <Menu.Item key={kind} component="a" href={file(kind)} download>
                {kind.toUpperCase()}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <dl className={classes.figures}>
        <div>
          <dt>{t('level.reached')}</dt>
          <dd className={data.kept ? undefined : classes.bad}>{percent(data.total.pct, 3)}</dd>
          <div className={classes.facts}>{t('level.promised', { number: format.number(agreement.uptime_pct, 2) })}</div>
        </div>
        <div>
          <dt>{t('level.penalty')}</dt>
          <dd>{rupees(data.penalty_inr)}</dd>
          <div className={classes.facts}>
            {t('level.of_fee', { pct: percent(data.penalty_pct), fee: rupees(agreement.monthly_fee_inr) })}
          </div>
        </div>
        <div>
          <dt>{t('level.step')}</dt>
          <dd>{percent(data.uptime_penalty_pct)}</dd>
          <div className={classes.facts}>
            {data.step ? t('level.below', { number: format.number(data.step.below_pct, 2) }) : t('level.no_step')}
          </div>
        </div>
        <div>
          <dt>{t('level.late')}</dt>
          <dd>{format.number(data.late_repairs)}</dd>
          <div className={classes.facts}>
            {t('level.late_note', {
              pct: percent(data.repairs_penalty_pct),
              minutes: format.number(agreement.repair_minutes),
            })}
          </div>
        </div>
      </dl>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('level.cameras')}>
          <thead>
            <tr>
              <th scope="col">{t('by.camera')}</th>
              {(['uptime', 'due', 'down', 'outages', 'closed', 'maintenance'] as const).map((one) => (
                <th key={one} scope="col">
                  {t(`column.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.cameras.slice(0, 200).map((row) => (
              <tr key={row.camera.id}>
                <th scope="row">
                  <Link to={`/cameras/${row.camera.id}?tab=health`}>{format.name(row.camera.name)}</Link>
                </th>
                <td>{percent(row.pct, 3)}</td>
                <td>{hours(row.due_ms)}</td>
                <td>{hours(row.down_ms)}</td>
                <td>{format.number(row.outages)}</td>
                <td>{hours(row.closed_ms)}</td>
                <td>{hours(row.maintenance_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {data.cameras.length > 200 && (
          <p className={classes.note}>{t('left_out', { number: format.number(data.cameras.length - 200) })}</p>
        )}
      </div>
      {data.repairs.length > 0 && (
        <div className={classes.scroll}>
          <table className={classes.table} aria-label={t('level.repairs')}>
            <thead>
              <tr>
                {(['repairs', 'from', 'seen_after', 'mended_after', 'cause'] as const).map((one) => (
                  <th key={one} scope="col">
                    {t(`level.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.repairs.slice(0, 200).map((row) => (
                <tr key={row.episode_id}>
                  <th scope="row">
                    <Link to={`/cameras/${row.camera.id}?tab=health`}>{format.name(row.camera.name)}</Link>
                  </th>
                  <td>{format.dateTime(row.start_ms)}</td>
                  <td className={row.late_response ? classes.bad : undefined}>
                    {format.length(Math.max(1, row.response_minutes) * 60_000)}
                  </td>
                  <td className={row.late ? classes.bad : undefined}>
                    {format.length(Math.max(1, row.minutes) * 60_000)}
                  </td>
                  <td>{t(`cause.${row.cause || 'unknown'}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
