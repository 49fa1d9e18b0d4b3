import { Input, NumberInput, Select, SimpleGrid, Slider, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { jurisdictionsQuery } from '@/api/queries';
import { PLACEMENTS, type Jurisdiction } from '@/api/types';
import { useFormat } from '@/kit';
import { PointPicker } from '../map/PointPicker';
import { BearingDial } from './BearingDial';
import { areaAt, type Boundaries } from './within';
import classes from './wizard.module.css';
import type { StepProps } from './WizardPage';

const boundariesQuery = (level: string) => ({
  queryKey: ['boundaries', level],
  queryFn: () => api.get<Boundaries>('/jurisdictions/boundaries', { level }),
  staleTime: 600_000,
});

/** Where the camera stands and looks, and which police station and ward that is. */
export function PlaceStep({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const stations = useQuery(jurisdictionsQuery('police_station')).data ?? [];
  const wards = useQuery(jurisdictionsQuery('ward')).data ?? [];
  const stationBounds = useQuery(boundariesQuery('police_station')).data;
  const wardBounds = useQuery(boundariesQuery('ward')).data;
  const named = (rows: Jurisdiction[]) => rows.map((row) => ({ value: row.path, label: format.name(row.name) }));

  const moveTo = (point: [number, number]) => {
    const [lon, lat] = point;
    change({
      point,
      jurisdiction: areaAt(stationBounds, lon, lat) ?? draft.jurisdiction,
      ward: areaAt(wardBounds, lon, lat) ?? draft.ward,
    });
  };
  const typeIn = (side: 0 | 1) => (value: number | string) => {
    if (typeof value !== 'number') return;
    const point: [number, number] = [...(draft.point ?? [0, 0])];
    point[side] = value;
    moveTo(point);
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t('place_hint')}</Text>
      <Input.Wrapper error={errorOf('point')}>
        <PointPicker
          value={draft.point}
          onChange={moveTo}
          bearing_deg={draft.bearingDeg}
          fov_deg={draft.fovDeg}
          height={360}
        />
      </Input.Wrapper>
      <div className={classes.aim}>
        <BearingDial
          bearingDeg={draft.bearingDeg}
          fovDeg={draft.fovDeg}
          onBearing={(bearingDeg) => change({ bearingDeg })}
          onFov={(fovDeg) => change({ fovDeg })}
        />
        <Stack gap="sm" flex={1}>
          <SimpleGrid cols={2}>
            <NumberInput
              label={t('bearing_deg')}
              description={format.bearing(draft.bearingDeg)}
              inputWrapperOrder={['label', 'input', 'description']}
              min={0}
              max={359}
              value={draft.bearingDeg}
              onChange={(value) => typeof value === 'number' && change({ bearingDeg: ((value % 360) + 360) % 360 })}
            />
            <Select
              label={t('placement')}
              allowDeselect={false}
              data={PLACEMENTS.map((one) => ({ value: one, label: t(`registry:placement.${one}`) }))}
              value={draft.placement}
              error={errorOf('placement')}
              onChange={(placement) => placement && change({ placement })}
            />
          </SimpleGrid>
          <div>
            <div className={classes.label}>{t('fov', { degrees: format.number(draft.fovDeg) })}</div>
            <Slider
              min={5}
              max={360}
              label={(value) => `${value}°`}
              thumbLabel={t('fov', { degrees: draft.fovDeg })}
              value={draft.fovDeg}
              onChange={(fovDeg) => change({ fovDeg })}
            />
          </div>
        </Stack>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          searchable
          label={t('police_station')}
          description={t('from_point')}
          data={named(stations)}
          value={draft.jurisdiction || null}
          error={errorOf('jurisdiction')}
          onChange={(jurisdiction) => change({ jurisdiction: jurisdiction ?? '' })}
        />
        <Select
          searchable
          clearable
          label={t('ward')}
          description={t('from_point')}
          data={named(wards)}
          value={draft.ward || null}
          error={errorOf('ward')}
          onChange={(ward) => change({ ward: ward ?? '' })}
        />
        <NumberInput
          label={t('lat')}
          decimalScale={6}
          hideControls
          value={draft.point?.[1] ?? ''}
          onChange={typeIn(1)}
        />
        <NumberInput
          label={t('lon')}
          decimalScale={6}
          hideControls
          value={draft.point?.[0] ?? ''}
          onChange={typeIn(0)}
        />
      </SimpleGrid>
    </Stack>
  );
}
