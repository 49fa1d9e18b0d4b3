import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Candidate } from '../types';

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: string | null;
  onChange: (id: string | null) => void;
  /** Shown while the list is not read, or does not hold the one chosen. */
  chosen?: { id: string; name: string } | null;
}

/** Somebody whom the reader may appoint or give a task. */
export function PersonSelect({ value, onChange, chosen, ...rest }: Props) {
  const { t } = useTranslation('programme');
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const people =
    useQuery({
      queryKey: ['programme', 'people', q],
      queryFn: async () => (await api.get<{ items: Candidate[] }>('/programme-people', { q })).items,
      placeholderData: keepPreviousData,
      retry: false,
    }).data ?? [];
  const data = people.map((one) => ({ value: one.id, label: `${one.name} · ${one.username}` }));
  if (chosen && !data.some((one) => one.value === chosen.id)) data.push({ value: chosen.id, label: chosen.name });
  return (
    <Select
      searchable
      clearable
      nothingFoundMessage={t('nothing_found')}
      {...rest}
      data={data}
      value={value}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      onChange={onChange}
    />
  );
}
