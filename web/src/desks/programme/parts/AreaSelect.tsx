import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { jurisdictionsQuery } from '@/api/queries';
import { useFormat } from '@/kit';

/** From the widest to the narrowest. */
const LEVELS = ['state', 'division', 'district', 'city', 'zone', 'circle', 'police_station', 'police_post', 'ward'];

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: string | null;
  onChange: (path: string | null) => void;
  levels?: string[];
}

/** One place of the tree, by its path. */
export function AreaSelect({ value, onChange, levels = LEVELS, ...rest }: Props) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  return (
    <Select
      searchable
      nothingFoundMessage={t('nothing_found')}
      {...rest}
      data={levels
        .map((level) => ({
          group: t(`app:level.${level}`),
          items: areas
            .filter((one) => one.level === level)
            .map((one) => ({ value: one.path, label: format.name(one.name) })),
        }))
        .filter(({ items }) => items.length > 0)}
      value={value}
      onChange={onChange}
    />
  );
}
