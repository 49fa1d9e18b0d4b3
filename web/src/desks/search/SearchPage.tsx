import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { jurisdictionsQuery } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, Page, SearchInput, useFormat } from '@/kit';
import { moved, NONE, shownOf, single } from './chosen';
import { HitLine } from './HitLine';
import hitClasses from './hits.module.css';
import classes from './search.module.css';
import type { Hit, HitGroup } from './types';
import { useHits, usePagesNamed } from './useHits';

const MOST = 100;
const EXAMPLES = 4;

/** Everything with a name, by group; what was asked and which groups are opened stand in the address. */
export function Component() {
  const { t } = useTranslation('search');
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const q = (search.get('q') ?? '').trim();
  const hits = useHits(q, MOST);
  const pages = usePagesNamed(q);
  const opened = useMemo(() => new Set((search.get('more') ?? '').split(',').filter(Boolean)), [search]);
  const groups = useMemo(() => {
    if (!q) return [];
    return pages.hits.length > 0 ? [...hits.groups, pages] : hits.groups;
  }, [q, hits.groups, pages]);
  const lines = useMemo(() => groups.flatMap((group) => shownOf(group, opened)), [groups, opened]);
  const [{ of, at }, setChosen] = useState({ of: q, at: NONE });
  const chosen = of === q ? Math.min(at, lines.length - 1) : NONE;
  const ask = (next: string) => setSearch(next.trim() ? { q: next } : {}, { replace: true });
  const open = (kind: string) =>
    setSearch({ ...Object.fromEntries(search), more: [...opened, kind].join(',') }, { replace: true });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const line = lines[chosen];
    if (event.key === 'ArrowDown') setChosen({ of: q, at: moved(chosen, 1, lines.length) });
    else if (event.key === 'ArrowUp') setChosen({ of: q, at: moved(chosen, -1, lines.length) });
    else if (event.key === 'Enter' && line && event.target instanceof HTMLInputElement) void navigate(line.to);
    else return;
    event.preventDefault();
  };
  return (
    <Page title={q ? t('title_of', { text: q }) : t('title')}>
      {/* The keys are those of the box in it: the lines are links that the keyboard reaches by itself, too. */}
      <div className={classes.page} onKeyDown={onKeyDown}>
        <SearchInput large autoFocus label={t('box')} value={search.get('q') ?? ''} onChange={ask} />
        {!q ? (
          <Begin />
        ) : hits.error && lines.length === 0 ? (
          <ErrorState error={hits.error} onRetry={() => void hits.refetch()} />
        ) : hits.isPending ? (
          <LoadingRows rows={10} height={30} />
        ) : (
          <div aria-busy={hits.isStale} className={classes.found}>
            {groups.length > 0 && <Counts groups={groups} />}
            {hits.similar && <p className={classes.note}>{t('similar')}</p>}
            {groups.map((group) => (
              <Group
                key={group.kind}
                group={group}
                shown={shownOf(group, opened)}
                chosen={lines[chosen]}
                onMore={() => open(group.kind)}
              />
            ))}
            {lines.length === 0 && !hits.isStale && <Nothing text={q} />}
          </div>
        )}
      </div>
    </Page>
  );
}

function useCount() {
  const format = useFormat();
  return ({ total, atLeast }: HitGroup) => `${format.number(total)}${atLeast ? '+' : ''}`;
}

/** How many of each, and the way down to them. */
function Counts({ groups }: { groups: HitGroup[] }) {
  const { t } = useTranslation('search');
  const count = useCount();
  return (
    <nav className={classes.counts} aria-label={t('counts')}>
      {groups.map((group) => (
        <button
          key={group.kind}
          type="button"
          onClick={() => document.getElementById(`found-${group.kind}`)?.scrollIntoView({ block: 'start' })}
        >
          {group.name} <b>{count(group)}</b>
        </button>
      ))}
    </nav>
  );
}

interface GroupProps {
  group: HitGroup;
  shown: Hit[];
  chosen: Hit | undefined;
  onMore: () => void;
}

function Group({ group, shown, chosen, onMore }: GroupProps) {
  const { t } = useTranslation('search');
  const format = useFormat();
  const count = useCount();
  const left = group.hits.length - shown.length;
  return (
    <section className={classes.group} id={`found-${group.kind}`} aria-labelledby={`name-${group.kind}`}>
      <h2 id={`name-${group.kind}`}>
        {group.name} <span>{count(group)}</span>
      </h2>
      <ul>
        {shown.map((hit) => (
          <li key={hit.id}>
            <Line hit={hit} chosen={hit === chosen} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={onMore}>
          {t('more', { number: format.number(left) })}
        </Button>
      )}
      {left === 0 && group.total > shown.length && (
        <p className={classes.note}>
          {t('first', { shown: format.number(shown.length), number: count(group) })}{' '}
          {group.table && (
            <Anchor component={Link} to={group.table} size="sm">
              {t('table')}
            </Anchor>
          )}
        </p>
      )}
    </section>
  );
}

function Line({ hit, chosen }: { hit: Hit; chosen: boolean }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (chosen) link.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <Link ref={link} to={hit.to} className={hitClasses.line} data-chosen={chosen || undefined}>
      <HitLine hit={hit} />
    </Link>
  );
}

/** Nothing has been asked: what can be found, with places of this city to try it. */
function Begin() {
  const { t } = useTranslation('search');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const examples = areas.filter((one) => one.level === 'police_station' || one.level === 'ward').slice(0, EXAMPLES);
  return (
    <EmptyState icon={IconSearch} title={t('begin')} hint={t('begin_hint')}>
      <div className={classes.tries}>
        {examples.length > 0 && <span>{t('examples')}</span>}
        {examples.map((one) => (
          <Anchor key={one.path} component={Link} to={`?q=${encodeURIComponent(format.name(one.name))}`} size="sm">
            {format.name(one.name)}
          </Anchor>
        ))}
      </div>
    </EmptyState>
  );
}

function Nothing({ text }: { text: string }) {
  const { t } = useTranslation('search');
  return (
    <EmptyState icon={IconZoomQuestion} title={t('nothing', { text })} hint={t('nothing_hint')}>
      <ul className={classes.hints}>
        <li>{t('try.part')}</li>
        <li>{t('try.script')}</li>
        <li>{t('try.number')}</li>
        <li>{t('try.area')}</li>
      </ul>
      <div className={classes.tries}>
        {single(text).map((word) => (
          <Anchor key={word} component={Link} to={`?q=${encodeURIComponent(word)}`} size="sm">
            {t('try.only', { word })}
          </Anchor>
        ))}
      </div>
    </EmptyState>
  );
}
