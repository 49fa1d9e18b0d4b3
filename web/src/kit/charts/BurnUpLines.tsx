/** The drawing of a burn-up: recharts, in a chunk of its own. */
import { useTranslation } from 'react-i18next';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useFormat } from '@/kit/useFormat';
import { dayMs, type BurnUpPoint, type BurnUpProps } from './BurnUp';
import { COLOUR } from './palette';
import classes from './charts.module.css';

interface Point extends BurnUpPoint {
  at: number;
  range: [number, number] | null;
}

const TICK = { fill: COLOUR.muted, fontSize: 11 };

export default function BurnUpLines({ points, target, due, gap, height = 300 }: BurnUpProps) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const data = points.map<Point>((point) => ({
    ...point,
    at: dayMs(point.day),
    range: typeof point.low === 'number' && typeof point.high === 'number' ? [point.low, point.high] : null,
  }));
  const last = [...data].reverse().find((point) => typeof point.done === 'number');
  const middle = data.length ? ((data[0]?.at ?? 0) + (data.at(-1)?.at ?? 0)) / 2 : 0;
  const top = Math.max(target, ...data.map((point) => point.done ?? 0)) * 1.08;
  const has = (name: 'needed' | 'expected' | 'range') =>
    data.some((point) => point[name] !== null && point[name] !== undefined);
  return (
    <div className={classes.lines}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={data} margin={{ top: 18, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke={COLOUR.grid} strokeOpacity={0.6} />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            tickFormatter={(value: number) => format.date(value)}
            tick={TICK}
            stroke={COLOUR.grid}
            tickCount={5}
            minTickGap={40}
          />
          <YAxis
            width={52}
            domain={[0, Math.ceil(top)]}
            allowDataOverflow
            tickFormatter={(value: number) => format.number(value)}
            tick={TICK}
            stroke={COLOUR.grid}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: COLOUR.muted, strokeDasharray: '2 2' }}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as Point | undefined;
              return active && point ? <Hint point={point} /> : null;
            }}
          />
          {has('range') && (
            <Area
              dataKey="range"
              stroke="none"
              fill={COLOUR.expected}
              fillOpacity={0.16}
              isAnimationActive={false}
              activeDot={false}
            />
          )}
          {has('needed') && (
            <Line
              dataKey="needed"
              stroke={COLOUR.needed}
              strokeDasharray="2 4"
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
              connectNulls
            />
          )}
          {has('expected') && (
            <Line
              dataKey="expected"
              stroke={COLOUR.expected}
              strokeWidth={1.4}
              strokeDasharray="6 3"
              dot={false}
              isAnimationActive={false}
            />
          )}
          <Line dataKey="done" stroke={COLOUR.done} strokeWidth={2.4} dot={false} isAnimationActive={false} />
          <ReferenceLine
            y={target}
            stroke={COLOUR.target}
            strokeDasharray="10 4"
            label={{
              value: t('target_line', { number: format.number(target) }),
              position: 'insideTopLeft',
              dy: -16,
              fill: COLOUR.target,
              fontSize: 12,
            }}
          />
          {due && (
            <ReferenceLine
              x={dayMs(due)}
              stroke={COLOUR.muted}
              strokeDasharray="2 2"
              ifOverflow="extendDomain"
              label={{ value: t('due'), position: 'insideBottomRight', fill: COLOUR.muted, fontSize: 11 }}
            />
          )}
          {last && gap > 0 && (
            <ReferenceLine
              segment={[
                { x: last.at, y: last.done ?? 0 },
                { x: last.at, y: target },
              ]}
              stroke={COLOUR.muted}
              label={{
                value: t('to_go', { number: format.number(gap) }),
                position: last.at < middle ? 'right' : 'left', // away from the axis, into the drawing
                fill: COLOUR.target,
                fontSize: 12,
                fontWeight: 600,
              }}
            />
          )}
          {last && <ReferenceDot x={last.at} y={last.done ?? 0} r={4} fill={COLOUR.done} stroke="none" />}
        </ComposedChart>
      </ResponsiveContainer>
      <ul className={classes.keys}>
        <Key stroke={COLOUR.done} width={2.4} text={t('done')} />
        {has('expected') && <Key stroke={COLOUR.expected} dash="6 3" band text={t('expected_range')} />}
        {has('needed') && <Key stroke={COLOUR.needed} dash="2 4" width={2} text={t('needed')} />}
        <Key stroke={COLOUR.target} dash="10 4" text={t('target')} />
      </ul>
    </div>
  );
}

function Key({
  stroke,
  dash,
  width = 1.6,
  band = false,
  text,
}: {
  stroke: string;
  dash?: string;
  width?: number;
  band?: boolean;
  text: string;
}) {
  return (
    <li>
      <svg width={28} height={12} aria-hidden>
        {band && <rect x={0} y={1} width={28} height={10} fill={stroke} opacity={0.16} />}
        <line x1={0} x2={28} y1={6} y2={6} stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
      </svg>
      {text}
    </li>
  );
}

function Hint({ point }: { point: Point }) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const rows: [string, string][] = [];
  if (typeof point.done === 'number') rows.push([t('done'), format.number(point.done)]);
  if (typeof point.expected === 'number') rows.push([t('expected'), format.number(point.expected)]);
  if (point.range) rows.push([t('range'), `${format.number(point.range[0])} – ${format.number(point.range[1])}`]);
  if (typeof point.needed === 'number') rows.push([t('needed'), format.number(point.needed)]);
  return (
    <div className={classes.hint}>
      <strong>{format.date(point.at)}</strong>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
