import { Button, Group, MultiSelect, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { KINDS, PLACEMENTS, STATUSES } from '@/api/types';
import { SearchInput, useFormat } from '@/kit';
import type { FilterName, Filters } from './filters';

interface Props {
  filters: Filters;
  setFilters: (part: Partial<Record<FilterName, string | null>>) => void;
  clear: () => void;
  /** Which ones to offer, in order. */
  offer: readonly FilterName[];
}

/** Levels a list is narrowed by, in the order in which they are offered. */
const LEVELS = ['zone', 'circle', 'police_station', 'ward'] as const;

/** The same filters on the map, in tables and in exports. */
export function FilterBar({ filters, setFilters, clear, offer }: Props) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const [all, setAll] = useState(false);
  const narrowed = onPhone && offer.includes('q') && !all;
  const offers = (name: FilterName) => offer.includes(name) && (!narrowed || name === 'q');
  const owners = useQuery({ ...codedQuery('owner-classes'), enabled: offers('owner_class') }).data ?? [];
  const departments = useQuery({ ...codedQuery('departments'), enabled: offers('department') }).data ?? [];
  const places = useQuery({ ...jurisdictionsQuery(), enabled: offers('jurisdiction') }).data ?? [];
  const coded = (rows: { code: string; name: { en: string; hi: string } }[]) =>
    rows.map((row) => ({ value: row.code, label: format.name(row.name) }));

  const selects: Partial<Record<FilterName, { value: string; label: string }[]>> = {
    status: STATUSES.map((status) => ({ value: status, label: t(`kit:status.${status}`) })),
    kind: KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
    placement: PLACEMENTS.map((placement) => ({ value: placement, label: t(`placement.${placement}`) })),
    owner_class: coded(owners),
    department: coded(departments),
  };
  return (
    <Group gap={8} p={8} px={12} wrap="wrap">
      {offers('q') && <SearchInput label={t('filter.q')} value={filters.q ?? ''} onChange={(q) => setFilters({ q })} />}
      {(['status', 'owner_class', 'department', 'kind', 'placement'] as const).filter(offers).map((name) => (
        <MultiSelect
          key={name}
          size="xs"
          w={{ base: '100%', xs: 150 }}
          aria-label={t(`filter.${name}`)}
          placeholder={filters[name] ? '' : t(`filter.${name}`)}
          data={selects[name] ?? []}
          value={filters[name]?.split(',') ?? []}
          onChange={(values) => setFilters({ [name]: values.join(',') })}
          searchable
          clearable
          nothingFoundMessage={t('filter.nothing')}
        />
      ))}
      {offers('jurisdiction') && (
        <Select
          size="xs"
          w={{ base: '100%', xs: 170 }}
          aria-label={t('filter.jurisdiction')}
          placeholder={t('filter.jurisdiction')}
          data={LEVELS.map((level) => ({
            group: t(`app:level.${level}`),
            items: places
              .filter((one) => one.level === level)
              .map((one) => ({ value: one.path, label: format.name(one.name) })),
          })).filter((group) => group.items.length > 0)}
          value={filters.jurisdiction ?? null}
          onChange={(jurisdiction) => setFilters({ jurisdiction })}
          searchable
          clearable
          nothingFoundMessage={t('filter.nothing')}
        />
      )}
      {offers('recorded') && (
        <Select
          size="xs"
          w={{ base: '100%', xs: 140 }}
          aria-label={t('filter.recorded')}
          placeholder={t('filter.recorded')}
          data={[
            { value: 'true', label: t('filter.recorded_yes') },
            { value: 'false', label: t('filter.recorded_no') },
          ]}
          value={filters.recorded ?? null}
          onChange={(recorded) => setFilters({ recorded })}
          clearable
        />
      )}
      {narrowed && (
        <Button size="xs" variant="default" leftSection={<IconFilter size={14} />} onClick={() => setAll(true)}>
          {t('filter.more')}
        </Button>
      )}
      {Object.keys(filters).length > 0 && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={clear}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}
