import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { jurisdictionsQuery } from '@/api/queries';
import { PointPicker } from '@/desks/registry/map/PointPicker';
import { useFormat } from '@/kit';

export interface Place {
  point: [number, number] | null;
  address: string;
  jurisdiction: string;
}

interface Props {
  value: Place;
  errors: Record<string, string>;
  onChange: (part: Partial<Place>) => void;
  height?: number;
}

/** Where: words, a point, whose area. */
export function PlaceFields({ value, errors, onChange, height = 240 }: Props) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  return (
    <>
      <TextInput
        label={t('field.address')}
        description={t('field.address_hint')}
        maxLength={400}
        value={value.address}
        error={errors.address}
        onChange={(event) => onChange({ address: event.currentTarget.value })}
      />
      <div>
        <PointPicker value={value.point} onChange={(point) => onChange({ point })} height={height} />
        {(errors.lat ?? errors.lon) && <p role="alert">{errors.lat ?? errors.lon}</p>}
      </div>
      <Select
        searchable
        clearable
        label={t('field.area')}
        placeholder={t('field.area_hint')}
        data={areas.map((one) => ({ value: one.path, label: format.name(one.name) }))}
        value={value.jurisdiction || null}
        error={errors.jurisdiction}
        onChange={(next) => onChange({ jurisdiction: next ?? '' })}
      />
    </>
  );
}
