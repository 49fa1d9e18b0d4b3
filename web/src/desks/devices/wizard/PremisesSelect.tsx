import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Coded, Name, Page } from '@/api/types';
import { useFormat } from '@/kit';

interface Row {
  id: string;
  name: Name;
  owner_class: Coded;
  agency: string;
  jurisdiction: { path: string; name: Name };
  lat: number | null;
  lon: number | null;
}

export interface PickedPremises {
  id: string;
  label: string;
  name: Name;
  agency: string;
  jurisdiction: string;
  ownerClass: string;
  point: [lon: number, lat: number] | null;
}

/** Finds premises by name or address. */
export function PremisesSelect(props: {
  value: PickedPremises | null;
  onChange: (next: PickedPremises | null) => void;
}) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 180);
  const rows =
    useQuery({
      queryKey: ['premises', 'devices', q],
      queryFn: ({ signal }) => api.get<Page<Row>>('/premises', { q, limit: 30 }, signal),
      placeholderData: keepPreviousData,
    }).data?.items ?? [];
  const labelOf = (row: Row) => `${format.name(row.name)} · ${format.name(row.jurisdiction.name)}`;
  const options = rows.map((row) => ({ value: row.id, label: labelOf(row) }));
  const { value } = props;
  if (value && !options.some((one) => one.value === value.id)) options.unshift({ value: value.id, label: value.label });
  return (
    <Select
      searchable
      label={t('wizard.premises')}
      placeholder={t('wizard.premises_search')}
      data={options}
      filter={({ options: all }) => all}
      value={value?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('wizard.premises_none')}
      onChange={(id) => {
        const row = rows.find((one) => one.id === id);
        if (!row) return;
        const point: PickedPremises['point'] = row.lon !== null && row.lat !== null ? [row.lon, row.lat] : null;
        props.onChange({
          id: row.id,
          label: labelOf(row),
          name: row.name,
          agency: row.agency,
          jurisdiction: row.jurisdiction.path,
          ownerClass: row.owner_class.code,
          point,
        });
      }}
    />
  );
}
