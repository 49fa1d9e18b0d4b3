import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit/useFormat';
import { ChartFrame } from './ChartFrame';

const Lines = lazy(() => import('./BurnUpLines'));

export interface BurnUpPoint {
  /** Local day, "2026-11-22". */
  day: string;
  done?: number | null;
  /** Where the count must stand to be in time. */
  needed?: number | null;
  /** Expected, and the range that holds it eight times in ten. */
  expected?: number | null;
  low?: number | null;
  high?: number | null;
}

export interface BurnUpProps {
  title: string;
  /** In day order. */
  points: BurnUpPoint[];
  target: number;
  due?: string | null;
  /** What is still to do, written between the last count and the target. */
  gap: number;
  /** The answer in a sentence; made from the numbers when left out. */
  summary?: string;
  height?: number;
}

export const dayMs = (day: string) => Date.parse(`${day}T00:00:00+05:30`);

/** Counts day by day towards a target: the target line drawn, the gap written, what is needed and what is expected. */
export function BurnUp({ height = 300, ...props }: BurnUpProps) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const last = [...props.points].reverse().find((point) => typeof point.done === 'number');
  const number = (value: number | null | undefined) => (typeof value === 'number' ? format.number(value) : '–');
  const summary =
    props.summary ??
    t('burn_up_summary', {
      done: number(last?.done ?? 0),
      target: number(props.target),
      gap: number(props.gap),
    });
  return (
    <ChartFrame
      title={props.title}
      summary={summary}
      table={{
        columns: [t('day'), t('done'), t('needed'), t('expected'), t('range')],
        rows: props.points.map((point) => [
          format.date(dayMs(point.day)),
          number(point.done),
          number(point.needed),
          number(point.expected),
          typeof point.low === 'number' ? `${number(point.low)} – ${number(point.high)}` : '–',
        ]),
      }}
    >
      <Suspense fallback={<Skeleton height={height} radius="sm" />}>
        <Lines {...props} height={height} />
      </Suspense>
    </ChartFrame>
  );
}
