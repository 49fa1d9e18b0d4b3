import classes from './charts.module.css';

interface Props {
  values: readonly number[];
  /** What it says, for those who do not see it. */
  label: string;
  width?: number;
  height?: number;
}

/** A line without axes, for a table's cell: the shape of the last days, not their numbers. */
export function Sparkline({ values, label, width = 96, height = 22 }: Props) {
  if (values.length < 2) return <span className={classes.muted}>–</span>;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (index: number) => 2 + (index / (values.length - 1)) * (width - 4);
  const y = (value: number) => height - 3 - ((value - low) / span) * (height - 6);
  const path = values
    .map((value, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  return (
    <svg className={classes.spark} width={width} height={height} role="img" aria-label={label}>
      <path d={path} />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? low)} r={2.2} />
    </svg>
  );
}
