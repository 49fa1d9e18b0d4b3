import { Group, SegmentedControl, Select, Skeleton, useComputedColorScheme } from '@mantine/core';
import { IconMap2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codedQuery } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, useFormat, useSearch } from '@/kit';
import { colourAt, ScaleLegend, stepsOf } from '@/kit/charts';
import { Frame } from '../Frame';
import { wardShapesQuery, wardsQuery } from '../queries';
import classes from '../targets.module.css';
import type { WardRow } from '../types';

const WardMap = lazy(() => import('./WardMap'));
const MEASURES = ['per_lakh', 'per_km2', 'done'] as const;

/** Cameras against people and ground, ward by ward: a filled map and its table. */
export function Component() {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const scheme = useComputedColorScheme('dark');
  const { search, set: narrow } = useSearch();
  const [selected, setSelected] = useState<string | null>(null);
  const measure = MEASURES.find((one) => one === search.get('measure')) ?? 'per_lakh';
  const ownerClass = search.get('owner_class') ?? '';
  const wards = useQuery(wardsQuery(ownerClass));
  const shapes = useQuery(wardShapesQuery);
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const items = useMemo(() => wards.data?.items ?? [], [wards.data]);
  const steps = useMemo(
    () =>
      stepsOf(
        items.flatMap((row) => row[measure] ?? []),
        scheme,
      ),
    [items, measure, scheme],
  );
  const colours = useMemo(
    () => Object.fromEntries(items.map((row) => [row.path, colourAt(row[measure], steps, scheme)])),
    [items, measure, steps, scheme],
  );
  const ordered = useMemo(() => [...items].sort((a, b) => (a[measure] ?? -1) - (b[measure] ?? -1)), [items, measure]);
  const chosen = items.find(({ path }) => path === selected);
  return (
    <Frame as_of_ms={wards.data?.as_of_ms} file="/progress/export?view=wards">
      <Group gap={8} mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('measure_label')}
          value={measure}
          onChange={(next) => narrow('measure', next)}
          data={MEASURES.map((one) => ({ value: one, label: t(`measure.${one}`) }))}
        />
        <Select
          size="xs"
          w={200}
          clearable
          searchable
          aria-label={t('kind_of.owner_class')}
          placeholder={t('every_class')}
          data={owners.map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={ownerClass || null}
          onChange={(next) => narrow('owner_class', next)}
        />
      </Group>
      {wards.error ? (
        <ErrorState error={wards.error} onRetry={() => void wards.refetch()} />
      ) : !wards.data ? (
        <LoadingRows rows={12} />
      ) : items.length === 0 ? (
        <EmptyState icon={IconMap2} title={t('no_wards')} hint={t('no_wards_hint')} />
      ) : (
        <div className={classes.split}>
          <div className={classes.map}>
            {shapes.data && (
              <Suspense fallback={<Skeleton height="100%" />}>
                <WardMap shapes={shapes.data} colours={colours} selected={selected} onSelect={setSelected} />
              </Suspense>
            )}
            <div className={classes.mapLegend}>
              <ScaleLegend title={t(`measure.${measure}`)} steps={steps} scheme={scheme} />
            </div>
            {chosen && <div className={classes.mapHint}>{<WardFacts row={chosen} />}</div>}
          </div>
          <div className={classes.listed}>
            {wards.data.without_ward > 0 && (
              <p className={classes.note}>{t('without_ward', { number: format.number(wards.data.without_ward) })}</p>
            )}
            <table className={classes.table} aria-label={t('part.wards')}>
              <thead>
                <tr>
                  <th scope="col">{t('ward')}</th>
                  <th scope="col">{t('done')}</th>
                  <th scope="col">{t('measure.per_lakh')}</th>
                  <th scope="col">{t('measure.per_km2')}</th>
                </tr>
              </thead>
              <tbody>
                {ordered.map((row) => (
                  <tr
                    key={row.path}
                    data-strong={row.path === selected || undefined}
                    onMouseEnter={() => setSelected(row.path)}
                  >
                    <th scope="row">
                      <Link to={`/cameras?ward=${row.path}`}>{format.name(row.name)}</Link>
                    </th>
                    <td>{format.number(row.done)}</td>
                    <td>{row.per_lakh === null ? t('no_people') : format.number(row.per_lakh, 1)}</td>
                    <td>{row.per_km2 === null ? t('no_boundary') : format.number(row.per_km2, 1)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </Frame>
  );
}

function WardFacts({ row }: { row: WardRow }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  return (
    <>
      <strong>{format.name(row.name)}</strong>
      <span className={classes.sub}>
        {t('ward_facts', {
          done: format.number(row.done),
          people: row.population === null ? '–' : format.number(row.population),
          area: row.area_km2 === null ? '–' : format.number(row.area_km2, 2),
        })}
      </span>
    </>
  );
}
