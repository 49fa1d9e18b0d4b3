import { Select } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { Frame } from './Frame';
import { ItemList } from './Items';
import { handoversQuery, postsQuery } from './queries';
import type { Handover } from './types';
import classes from './shifts.module.css';

/** What one handed to the next, with both names. */
export function Component() {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const post = search.get('post') ?? '';
  const posts = useQuery(postsQuery).data ?? [];
  const { data, error, refetch } = useQuery(handoversQuery(post));
  return (
    <Frame
      actions={
        <Select
          size="xs"
          clearable
          aria-label={t('post')}
          placeholder={t('handovers.all')}
          data={posts.map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={post || null}
          onChange={(next) => setSearch(next ? { post: next } : {}, { replace: true })}
        />
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={6} height={70} />
      ) : data.items.length === 0 ? (
        <EmptyState icon={IconArrowsExchange} title={t('handovers.none')} hint={t('handovers.none_hint')} />
      ) : (
        <ol className={classes.handovers}>
          {data.items.map((one) => (
            <Row key={one.id} handover={one} />
          ))}
        </ol>
      )}
    </Frame>
  );
}

function Row({ handover }: { handover: Handover }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  return (
    <li className={classes.handover}>
      <header>
        <b>{format.name(handover.post_name)}</b>
        <span>
          {t(`handovers.${handover.state}`, { from: handover.given_by.name, to: handover.taken_by?.name ?? '' })}
        </span>
        <span className={classes.faint}>{format.when(handover.answered_ms ?? handover.offered_ms)}</span>
      </header>
      <p className={classes.note}>{handover.note}</p>
      {handover.items.length > 0 && <ItemList items={handover.items} most={8} />}
      {handover.remark && <p className={classes.faint}>{t('handovers.remark', { remark: handover.remark })}</p>}
    </li>
  );
}
