import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { AuditActor } from '@/api/types';
import { SearchInput } from '@/kit';
import { DateField } from '@/media';
import { narrowed, useActs, type ActGroup } from './acts/useActs';
import classes from './AuditPage.module.css';
import type { FilterName } from './filters';

interface Props {
  search: URLSearchParams;
  set: (name: FilterName, value: string | null) => void;
  clear: () => void;
  isNarrowed: boolean;
}

export function FilterBar({ search, set, clear, isNarrowed }: Props) {
  const { t } = useTranslation('audit');
  return (
    <div className={classes.filters}>
      <SearchInput label={t('q')} value={search.get('q') ?? ''} onChange={(next) => set('q', next)} />
      <ActSelect value={search.get('action')} onChange={(next) => set('action', next)} />
      <ActorSelect value={search.get('actor')} onChange={(next) => set('actor', next)} />
      <DateField
        size="xs"
        w={170}
        leftSection={t('from_short')}
        leftSectionWidth={44}
        aria-label={t('from')}
        title={t('from')}
        value={search.get('from') ?? ''}
        onChange={(day) => set('from', day)}
      />
      <DateField
        size="xs"
        w={170}
        leftSection={t('to_short')}
        leftSectionWidth={44}
        aria-label={t('to')}
        title={t('to')}
        value={search.get('to') ?? ''}
        onChange={(day) => set('to', day)}
      />
      {search.has('subject') && (
        <Button size="xs" variant="light" onClick={() => set('subject', null)}>
          {t('subject_only')}
        </Button>
      )}
      {isNarrowed && (
        <Button size="xs" variant="subtle" onClick={clear}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}

interface SelectProps {
  value: string | null;
  onChange: (value: string | null) => void;
}

/** Every act by its words, grouped by what it is about; a whole group, too. */
function ActSelect({ value, onChange }: SelectProps) {
  const { t } = useTranslation('audit');
  const acts = useActs();
  const groups = useMemo(() => {
    const known = acts.groups();
    // A code of the address that has no words here (an older version's): it stays what the list is narrowed to.
    const isKnown = !value || known.some((one) => one.items.some((item) => item.value === value));
    return isKnown ? known : [{ group: value, items: [{ value, label: acts.act(value) }] }, ...known];
  }, [acts, value]);
  return (
    <Select
      size="xs"
      w={{ base: '100%', xs: 260 }}
      clearable
      searchable
      maxDropdownHeight={360}
      aria-label={t('action')}
      placeholder={t('action')}
      nothingFoundMessage={t('no_act')}
      data={groups}
      filter={({ options, search }) => narrowed(options as ActGroup[], search)}
      value={value}
      onChange={onChange}
    />
  );
}

/** Who has done something that the reader may see, found by name as it is typed; or the centre itself. */
function ActorSelect({ value, onChange }: SelectProps) {
  const { t } = useTranslation('audit');
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 250);
  const chosen = value && value !== 'centre' ? value : undefined;
  const [labels, setLabels] = useState<Record<string, string>>({});
  const isLabel = Object.values(labels).includes(asked) || asked === t('centre');
  const q = isLabel ? '' : asked;
  const people = useQuery({
    queryKey: ['audit', 'actors', q, chosen],
    queryFn: ({ signal }) => api.get<{ items: AuditActor[] }>('/audit/actors', { q, chosen }, signal),
    placeholderData: keepPreviousData,
  });
  const data = useMemo(
    () => [
      { value: 'centre', label: t('centre') },
      ...(people.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} (${one.username})` })),
    ],
    [people.data, t],
  );
  return (
    <Select
      size="xs"
      w={{ base: '100%', xs: 220 }}
      clearable
      searchable
      aria-label={t('actor')}
      placeholder={t('actor')}
      nothingFoundMessage={t('no_actor')}
      data={data}
      value={value}
      onSearchChange={setTyped}
      onChange={(next, option) => {
        if (option) setLabels({ [option.value]: option.label });
        onChange(next);
      }}
    />
  );
}
