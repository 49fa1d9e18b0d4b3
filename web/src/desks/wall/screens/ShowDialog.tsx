import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormModal, type Errors } from '@/desks/works/FormModal';
import { useFormat } from '@/kit';
import { ChartPreview } from '../charts/ChartTile';
import { useCharts, type ChartName } from '../charts/queries';
import { camerasQuery, placeText } from '../cameras';
import { layoutsQuery } from '../layouts';
import { Lasting, secondsOf } from './Lasting';
import { TileChoice } from './PushDialog';
import { useWallActs } from './queries';
import { KINDS, type ItemIn, type Kind, type Screen } from './types';

interface Props {
  screen: Screen;
  pages: string[];
  onClose: () => void;
}

/** Anything that a screen can show, onto this one. */
export function ShowDialog({ screen, pages, onClose }: Props) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const { show } = useWallActs();
  const layouts = useQuery(layoutsQuery).data ?? [];
  const [kind, setKind] = useState<Kind>('camera');
  const [cameras, setCameras] = useState<string[]>([]);
  const [dwell, setDwell] = useState<number | string>(15);
  const [layout, setLayout] = useState<string | null>(null);
  const [url, setUrl] = useState('');
  const charts = useCharts();
  const [chart, setChart] = useState<ChartName | null>(null);
  const [tile, setTile] = useState<[number, number] | null>(null);
  const [lasting, setLasting] = useState('');
  const missing =
    (kind === 'camera' || kind === 'tour' ? cameras.length === 0 : false) ||
    (kind === 'layout' && layout === null) ||
    (kind === 'chart' && chart === null) ||
    (kind === 'page' && url.trim() === '');
  const item = (): ItemIn => ({
    kind,
    at: tile,
    ...(kind === 'camera' && { camera: cameras[0] ?? null }),
    ...(kind === 'tour' && { cameras, dwell_s: Number(dwell) }),
    ...(kind === 'layout' && { layout }),
    ...(kind === 'chart' && { chart }),
    ...(kind === 'page' && { url }),
  });
  return (
    <FormModal
      title={t('show.on', { screen: format.name(screen.name) })}
      submit={t('push.do')}
      busy={missing}
      onClose={onClose}
      onSend={() =>
        show(screen.id, [item()], secondsOf(lasting), () => t('push.done', { screen: format.name(screen.name) }))
      }
    >
      {(errors) => (
        <>
          <Select
            allowDeselect={false}
            label={t('show.what')}
            data={KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            value={kind}
            onChange={(next) => {
              setKind((next ?? 'camera') as Kind);
              setCameras([]);
            }}
          />
          {(kind === 'camera' || kind === 'tour') && (
            <CameraChoice one={kind === 'camera'} value={cameras} errors={errors} onChange={setCameras} />
          )}
          {kind === 'tour' && (
            <NumberInput
              min={5}
              max={600}
              allowDecimal={false}
              label={t('show.dwell')}
              value={dwell}
              error={errors.dwell_s}
              onChange={setDwell}
            />
          )}
          {kind === 'layout' && (
            <Select
              searchable
              label={t('kind.layout')}
              placeholder={t('show.layout_hint')}
              data={layouts.map((one) => ({ value: one.id, label: one.name }))}
              nothingFoundMessage={t('nothing')}
              value={layout}
              error={errors.layout}
              onChange={setLayout}
            />
          )}
          {kind === 'chart' && (
            <>
              <Select
                label={t('kind.chart')}
                placeholder={t('show.chart_hint')}
                data={charts.map((one) => ({ value: one, label: t(`chart.${one}.title`) }))}
                value={chart}
                error={errors.chart}
                onChange={(next) => setChart(next as ChartName | null)}
              />
              {chart && <ChartPreview name={chart} />}
            </>
          )}
          {kind === 'page' && (
            <TextInput
              type="url"
              label={t('show.url')}
              description={pages.length > 0 ? t('show.url_hint', { pages: pages.join(', ') }) : t('show.no_pages')}
              value={url}
              error={errors.url}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
          )}
          <TileChoice screen={screen} value={tile} onChange={setTile} />
          <Lasting value={lasting} onChange={setLasting} />
        </>
      )}
    </FormModal>
  );
}

interface ChoiceProps {
  one: boolean;
  value: string[];
  errors: Errors;
  onChange: (cameras: string[]) => void;
}

/** Typed in either script; the server searches. */
function CameraChoice({ one, value, errors, onChange }: ChoiceProps) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [known, setKnown] = useState<Record<string, string>>({});
  const [q] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery(camerasQuery(q, false)).data?.items ?? [];
  const labels = {
    ...known,
    ...Object.fromEntries(
      found.map((camera) => [camera.id, `${format.name(camera.name)} · ${format.name(placeText(camera))}`]),
    ),
  };
  const shared = {
    searchable: true,
    label: t(one ? 'kind.camera' : 'cameras'),
    placeholder: t('search'),
    data: Object.entries(labels).map(([id, label]) => ({ value: id, label })),
    searchValue: typed,
    onSearchChange: setTyped,
    nothingFoundMessage: t('nothing'),
    error: errors.camera,
  } as const;
  const keep = (ids: string[]) => {
    // What was chosen keeps its name when the list shows others.
    setKnown(Object.fromEntries(ids.map((id) => [id, labels[id] ?? id])));
    onChange(ids);
  };
  return one ? (
    <Select {...shared} data-autofocus value={value[0] ?? null} onChange={(id) => keep(id ? [id] : [])} />
  ) : (
    <MultiSelect {...shared} maxValues={60} value={value} onChange={keep} />
  );
}
