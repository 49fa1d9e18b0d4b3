import { Anchor, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import type { AuditEntryDetail } from '@/api/types';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { useActs } from './acts/useActs';
import classes from './AuditPage.module.css';
import { fieldsOf } from './details';
import { Fields } from './Fields';
import { pageOf } from './links';

/** One entry of the audit with everything that it holds, over the list. */
export function Entry({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('audit');
  const acts = useActs();
  const entry = useQuery({
    queryKey: ['audit', 'entry', id],
    queryFn: ({ signal }) => api.get<AuditEntryDetail>(`/audit/${encodeURIComponent(id)}`, {}, signal),
    // It never changes, but for its place in the chain, which it is given a moment after it was written.
    refetchInterval: ({ state }) => (state.data?.place === null ? 2_000 : false),
  });
  return (
    <Modal opened onClose={onClose} title={entry.data ? acts.act(entry.data.action) : t('entry')} size="lg">
      {entry.error ? (
        <ErrorState error={entry.error} onRetry={() => void entry.refetch()} />
      ) : entry.data ? (
        <Facts entry={entry.data} />
      ) : (
        <LoadingRows rows={8} height={18} />
      )}
    </Modal>
  );
}

function Facts({ entry }: { entry: AuditEntryDetail }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const acts = useActs();
  const page = pageOf(entry.object_type, entry.object_id);
  const name = entry.object_name || entry.object_id;
  const fields = useMemo(
    () => fieldsOf(entry.details, { field: acts.field, act: acts.act, yes: t('yes'), no: t('no') }, format),
    [acts, entry.details, format, t],
  );
  return (
    <>
      <dl className={classes.entry}>
        <dt>{t('at')}</dt>
        <dd>{format.dateTime(entry.at_ms)}</dd>
        <dt>{t('actor')}</dt>
        <dd>{entry.actor.name || t('centre')}</dd>
        <dt>{t('action')}</dt>
        <dd>
          {acts.act(entry.action)} <code>{entry.action}</code>
        </dd>
        <dt>{t('object')}</dt>
        <dd>
          {acts.type(entry.object_type)}:{' '}
          {page ? (
            <Anchor component={Link} to={page} size="sm">
              {name}
            </Anchor>
          ) : (
            name
          )}
          {name !== entry.object_id && <code>{entry.object_id}</code>}
        </dd>
        <dt>{t('reason')}</dt>
        <dd>{entry.reason || '–'}</dd>
        <dt>{t('ip')}</dt>
        <dd>{entry.ip ?? '–'}</dd>
        <dt>{t('sequence')}</dt>
        <dd>{format.number(entry.sequence)}</dd>
        <dt>{t('chain_place')}</dt>
        <dd>
          {entry.place ? (
            <>
              {t('chain_position', {
                number: format.number(entry.place.position),
                day: format.date(Date.parse(`${entry.place.day}T12:00:00+05:30`)),
              })}
              <code>{entry.place.link}</code>
            </>
          ) : (
            t('chain_not_yet')
          )}
        </dd>
      </dl>
      <h3 className={classes.heading}>{t('details')}</h3>
      {fields.length > 0 ? <Fields fields={fields} /> : t('no_details')}
      <details className={classes.raw}>
        <summary>{t('raw')}</summary>
        <pre>{JSON.stringify(entry, null, 2)}</pre>
      </details>
    </>
  );
}
