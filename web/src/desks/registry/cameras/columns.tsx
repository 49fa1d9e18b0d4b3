import type { TFunction } from 'i18next';
import { overlay, useLiveness } from '@/api/liveness';
import type { CameraRow } from '@/api/types';
import { RecordingMark, StatusWord, useFormat, type Column, type Format } from '@/kit';

function LiveStatus({ row }: { row: CameraRow }) {
  const camera = overlay(row, useLiveness(row.id));
  return <StatusWord status={camera.status} reason={camera.reason} withReason />;
}
function LiveRecording({ row }: { row: CameraRow }) {
  const camera = overlay(row, useLiveness(row.id));
  return <RecordingMark recorded={camera.recorded} recording={camera.recording} />;
}
function LiveWatchers({ row }: { row: CameraRow }) {
  const format = useFormat();
  const { watchers } = overlay(row, useLiveness(row.id));
  return watchers > 0 ? format.number(watchers) : '';
}
function LiveProof({ row }: { row: CameraRow }) {
  const format = useFormat();
  const { proved_at_ms } = overlay(row, useLiveness(row.id));
  return proved_at_ms === null ? '–' : format.when(proved_at_ms);
}

/** Every column the camera table can show. */
export function cameraColumns(t: TFunction<'registry'>, format: Format): Column<CameraRow>[] {
  const column = (id: string, width: string, render: (row: CameraRow) => React.ReactNode, sort?: string) => ({
    id,
    header: t(`fact.${id}`),
    width,
    render,
    ...(sort ? { sort } : {}),
  });
  return [
    column('status', 'minmax(120px, 1fr)', (row) => <LiveStatus row={row} />, 'status'),
    column('name', 'minmax(200px, 2fr)', (row) => format.name(row.name), 'name'),
    column('reg_id', '150px', (row) => row.reg_id, 'reg_id'),
    column('premises', 'minmax(150px, 1.4fr)', (row) => format.name(row.premises?.name)),
    column('police_station', 'minmax(120px, 1fr)', (row) => format.name(row.jurisdiction.name), 'jurisdiction'),
    column('owner_class', 'minmax(110px, 0.9fr)', (row) => format.name(row.owner_class.name), 'owner_class'),
    column('recording', '92px', (row) => <LiveRecording row={row} />),
    column('proved_at', '120px', (row) => <LiveProof row={row} />),
    column('department', 'minmax(130px, 1fr)', (row) => format.name(row.department?.name)),
    column('agency', 'minmax(100px, 0.8fr)', (row) => format.name(row.agency?.name)),
    column('ward', '110px', (row) => format.name(row.ward?.name)),
    column('site', 'minmax(120px, 1fr)', (row) => format.name(row.site?.name)),
    column('place_class', 'minmax(110px, 0.9fr)', (row) => format.name(row.place_class?.name)),
    column('kind', '120px', (row) => t(`kind.${row.kind}`), 'kind'),
    column('placement', '120px', (row) => t(`placement.${row.placement}`)),
    column('bearing', '130px', (row) => (row.bearing_deg === null ? '' : format.bearing(row.bearing_deg))),
    column('watchers', '96px', (row) => <LiveWatchers row={row} />),
    column('place', '160px', (row) => `${row.lat.toFixed(5)}, ${row.lon.toFixed(5)}`),
  ];
}

export const FIRST_COLUMNS = [
  'status',
  'name',
  'reg_id',
  'premises',
  'police_station',
  'owner_class',
  'recording',
  'proved_at',
];
