import { SegmentedControl, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { KINDS, type Coded, type Name, type Page } from '@/api/types';
import { BilingualInput, useFormat } from '@/kit';
import type { StepProps } from './WizardPage';

interface PremisesRow {
  id: string;
  name: Name;
  owner_class: Coded;
  jurisdiction: { path: string; name: Name };
  ward: { path: string; name: Name } | null;
  lat: number | null;
  lon: number | null;
}

/** What the camera is, whose, and at which premises. */
export function WhatStep({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const [typed, setTyped] = useState(draft.premisesLabel);
  const [q] = useDebouncedValue(typed.trim(), 180);
  const premises = useQuery({
    queryKey: ['premises', 'wizard', q],
    queryFn: ({ signal }) => api.get<Page<PremisesRow>>('/premises', { q, limit: 30 }, signal),
    enabled: draft.premisesMode === 'existing',
    placeholderData: keepPreviousData,
  }).data;
  const rows = premises?.items ?? [];
  const options = rows.map((row) => ({
    value: row.id,
    label: `${format.name(row.name)} · ${format.name(row.jurisdiction.name)}`,
  }));
  if (draft.premisesId && !options.some((one) => one.value === draft.premisesId)) {
    options.unshift({ value: draft.premisesId, label: draft.premisesLabel });
  }
  const coded = (list: { code: string; name: Name; active?: boolean }[]) =>
    list.filter((row) => row.active !== false).map((row) => ({ value: row.code, label: format.name(row.name) }));

  const pick = (id: string | null) => {
    const row = rows.find((one) => one.id === id);
    if (!row) return;
    change({
      premisesId: row.id,
      premisesLabel: `${format.name(row.name)} · ${format.name(row.jurisdiction.name)}`,
      ownerClass: row.owner_class.code,
      jurisdiction: draft.jurisdiction || row.jurisdiction.path,
      ward: draft.ward || (row.ward?.path ?? ''),
      point: draft.point ?? (row.lon !== null && row.lat !== null ? [row.lon, row.lat] : null),
    });
  };
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t('premises')}
        value={draft.premisesMode}
        onChange={(value) => change({ premisesMode: value as 'existing' | 'new' })}
        data={[
          { value: 'existing', label: t('premises_existing') },
          { value: 'new', label: t('premises_new') },
        ]}
      />
      {draft.premisesMode === 'existing' ? (
        <Select
          searchable
          label={t('premises')}
          placeholder={t('premises_search')}
          description={t('premises_hint')}
          data={options}
          filter={({ options: all }) => all}
          value={draft.premisesId || null}
          searchValue={typed}
          onSearchChange={setTyped}
          onChange={pick}
          error={errorOf('premisesId')}
          nothingFoundMessage={t('premises_none')}
        />
      ) : (
        <>
          <BilingualInput
            label={t('premises_name')}
            value={draft.premises.name}
            error={errorOf('premises.name')}
            onChange={(name) => change({ premises: { ...draft.premises, name } })}
          />
          <BilingualInput
            label={t('premises_address')}
            value={draft.premises.address}
            onChange={(address) => change({ premises: { ...draft.premises, address } })}
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <Select
              searchable
              label={t('department')}
              data={coded(departments)}
              value={draft.premises.department || null}
              error={errorOf('premises.department')}
              onChange={(department) => change({ premises: { ...draft.premises, department: department ?? '' } })}
            />
            <TextInput
              label={t('contact_name')}
              value={draft.premises.contactName}
              error={errorOf('premises.contactName')}
              onChange={(event) => change({ premises: { ...draft.premises, contactName: event.currentTarget.value } })}
            />
            <TextInput
              label={t('contact_mobile')}
              inputMode="tel"
              value={draft.premises.contactMobile}
              error={errorOf('premises.contactMobile')}
              onChange={(event) =>
                change({ premises: { ...draft.premises, contactMobile: event.currentTarget.value } })
              }
            />
          </SimpleGrid>
        </>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          searchable
          label={t('owner_class')}
          data={coded(owners)}
          value={draft.ownerClass || null}
          error={errorOf('ownerClass')}
          onChange={(ownerClass) => change({ ownerClass: ownerClass ?? '' })}
        />
        <Select
          label={t('kind')}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`registry:kind.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => kind && change({ kind })}
        />
      </SimpleGrid>
      <BilingualInput
        label={t('name')}
        description={t('name_hint')}
        value={draft.name}
        error={errorOf('name')}
        onChange={(name) => change({ name })}
      />
      <TextInput
        label={t('reg_id')}
        description={t('reg_id_hint')}
        value={draft.regId}
        error={errorOf('regId')}
        onChange={(event) => change({ regId: event.currentTarget.value })}
      />
    </Stack>
  );
}
