import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { useFormat } from '@/kit';

/** What the codes in a rule are called. */
export function useNames() {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data;
  const agencies = useQuery(codedQuery('agencies')).data;
  const classes = useQuery(codedQuery('owner-classes')).data;
  return useMemo(() => {
    const named = (rows: { code: string; name: { en: string; hi: string } }[] | undefined) => (code: string) =>
      format.name(rows?.find((one) => one.code === code)?.name) || code;
    return {
      t,
      format,
      area: (path: string) => format.name(areas?.find((one) => one.path === path)?.name) || path,
      agency: named(agencies),
      ownerClass: named(classes),
      areas: areas ?? [],
      agencies: agencies ?? [],
      classes: classes ?? [],
    };
  }, [agencies, areas, classes, format, t]);
}
