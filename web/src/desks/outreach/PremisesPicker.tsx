import { MultiSelect, Select, type OptionsFilter } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Name, Page, PremisesRow } from '@/api/types';
import { useFormat } from '@/kit';

export interface Picked {
  id: string;
  name: Name;
}

interface Props {
  label: string;
  value: Picked[];
  onChange: (value: Picked[]) => void;
  error?: string | undefined;
  required?: boolean;
  most?: number;
}

/** The server has searched already, in every script. */
const everything: OptionsFilter = ({ options }) => options;

/** Premises by name, however it is typed. */
export function PremisesPicker({ label, value, onChange, error, required = false, most = 1 }: Props) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 250);
  const found = useQuery({
    queryKey: ['premises', 'picker', q],
    queryFn: () => api.get<Page<PremisesRow>>('/premises', { q, limit: 30 }),
    placeholderData: keepPreviousData,
  }).data;
  const known = new Map<string, Picked>([...(found?.items ?? []), ...value].map((one) => [one.id, one]));
  const places = new Map((found?.items ?? []).map((one) => [one.id, format.name(one.jurisdiction.name)]));
  const data = [...known.values()].map((one) => ({
    value: one.id,
    label: [format.name(one.name), places.get(one.id)].filter(Boolean).join(' · '),
  }));
  const pick = (ids: string[]) => onChange(ids.map((id) => known.get(id)).filter((one) => one !== undefined));
  const shared = {
    label,
    data,
    required,
    searchable: true,
    filter: everything,
    searchValue: typed,
    onSearchChange: setTyped,
    nothingFoundMessage: t('nothing_found'),
    ...(error ? { error } : {}),
  };
  return most === 1 ? (
    <Select {...shared} value={value[0]?.id ?? null} onChange={(id) => pick(id ? [id] : [])} clearable />
  ) : (
    <MultiSelect {...shared} value={value.map((one) => one.id)} onChange={pick} maxValues={most} />
  );
}
