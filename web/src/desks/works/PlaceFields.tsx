import { Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codedQuery, jurisdictionsQuery, useMe } from '@/api/queries';
import { useFormat } from '@/kit';
import type { Errors } from './FormModal';

export interface PlaceOf {
  jurisdiction: string;
  agency: string;
}

/** Where the reader works: what a new row of theirs begins with. */
export function useOwnPlace(): PlaceOf {
  const grant = useMe()?.grants[0];
  return { jurisdiction: grant?.jurisdiction.path ?? '', agency: grant?.agency?.code ?? '' };
}

/** Place and agency of a row: who sees it. */
export function PlaceFields({
  value,
  errors,
  onChange,
  withAgency = true,
}: {
  value: PlaceOf;
  errors: Errors;
  onChange: (part: Partial<PlaceOf>) => void;
  withAgency?: boolean;
}) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const places = useQuery(jurisdictionsQuery()).data ?? [];
  const agencies = useQuery({ ...codedQuery('agencies'), enabled: withAgency }).data ?? [];
  return (
    <SimpleGrid cols={withAgency ? { base: 1, xs: 2 } : 1} spacing="sm">
      <Select
        label={t('fact.place')}
        required
        searchable
        data={places.map((one) => ({ value: one.path || '-', label: format.name(one.name) }))}
        value={value.jurisdiction || '-'}
        error={errors.jurisdiction}
        onChange={(path) => path && onChange({ jurisdiction: path === '-' ? '' : path })}
      />
      {withAgency && (
        <Select
          label={t('fact.agency')}
          required
          data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={value.agency || null}
          error={errors.agency}
          onChange={(agency) => agency && onChange({ agency })}
        />
      )}
    </SimpleGrid>
  );
}
