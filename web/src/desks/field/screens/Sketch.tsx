import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '@/kit';
import classes from '../field.module.css';
import type { Position } from '../offline/position';
import type { Subject } from '../subject';

const MOST = 40;
const WIDTH = 360;
const HEIGHT = 240;
const EDGE = 18;

/** Where the nearest lie from here, north up; drawn, since there is no map without a network. */
export function Sketch({ subjects, here }: { subjects: Subject[]; here: Position | null }) {
  const { t } = useTranslation('field');
  const format = useFormat();
  const navigate = useNavigate();
  const points = subjects
    .filter((one) => one.lat != null && one.lon != null)
    .slice(0, MOST)
    .map((one) => ({ subject: one, lat: one.lat ?? 0, lon: one.lon ?? 0 }));
  const all = here ? [...points, here] : points;
  if (all.length === 0) return null;
  const middle = { lat: mean(all.map((one) => one.lat)), lon: mean(all.map((one) => one.lon)) };
  const narrow = Math.cos((middle.lat * Math.PI) / 180);
  const reach = Math.max(
    1e-4,
    ...all.map((one) =>
      Math.max((Math.abs(one.lon - middle.lon) * narrow * HEIGHT) / WIDTH, Math.abs(one.lat - middle.lat)),
    ),
  );
  const scale = (HEIGHT / 2 - EDGE) / reach;
  const x = (lon: number) => WIDTH / 2 + (lon - middle.lon) * narrow * scale;
  const y = (lat: number) => HEIGHT / 2 - (lat - middle.lat) * scale;
  return (
    <svg className={classes.sketch} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('day.sketch')}>
      <text x={WIDTH - 14} y={16} fontSize={12} textAnchor="middle" fill="var(--muted)">
        {t('north')}
      </text>
      {points.map(({ subject, lat, lon }) => (
        <circle
          key={subject.id}
          cx={x(lon)}
          cy={y(lat)}
          r={7}
          fill={subject.visits.length > 0 ? 'var(--live)' : 'var(--accent)'}
          stroke="var(--ground)"
          style={{ cursor: 'pointer' }}
          onClick={() => void navigate(`/field/p/${subject.id}`)}
        >
          <title>{format.name(subject.name)}</title>
        </circle>
      ))}
      {here && (
        <g>
          <circle cx={x(here.lon)} cy={y(here.lat)} r={9} fill="none" stroke="var(--alarm)" strokeWidth={2} />
          <circle cx={x(here.lon)} cy={y(here.lat)} r={3} fill="var(--alarm)">
            <title>{t('here')}</title>
          </circle>
        </g>
      )}
    </svg>
  );
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
