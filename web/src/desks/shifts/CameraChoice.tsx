import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { CameraRow, Name, Page } from '@/api/types';
import { useFormat } from '@/kit';

interface Props extends Omit<MultiSelectProps, 'value' | 'onChange' | 'data'> {
  /** Known already, whatever is searched for. */
  chosen?: { id: string; reg_id: string; name: Name }[] | undefined;
  value: string[];
  onChange: (ids: string[]) => void;
}

/** Several cameras, found by typing. */
export function CameraChoice({ chosen = [], value, onChange, ...more }: Props) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const [met, setMet] = useState(
    () => new Map(chosen.map((one) => [one.id, `${format.name(one.name)} · ${one.reg_id}`])),
  );
  const found = useQuery({
    queryKey: ['cameras', 'find', q],
    queryFn: async () => (await api.get<Page<CameraRow>>('/cameras', { q, limit: 30 })).items,
    placeholderData: keepPreviousData,
  }).data;
  const labels = new Map(met);
  found?.forEach((one) => labels.set(one.id, `${format.name(one.name)} · ${one.reg_id}`));
  return (
    <MultiSelect
      searchable
      hidePickedOptions
      nothingFoundMessage={t('posts.no_camera')}
      data={[...labels].map(([id, label]) => ({ value: id, label }))}
      filter={({ options }) => options}
      value={value}
      onSearchChange={setTyped}
      onChange={(next) => {
        setMet(new Map([...labels].filter(([id]) => next.includes(id))));
        onChange(next);
      }}
      {...more}
    />
  );
}
