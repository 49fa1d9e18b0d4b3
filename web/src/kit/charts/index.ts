/** Small charts, each answering one question: target drawn, gap written, a table of the same numbers one press away. */
export { Bars, type Bar } from './Bars';
export { BurnUp, dayMs, type BurnUpPoint, type BurnUpProps } from './BurnUp';
export { ChartFrame, type ChartTable } from './ChartFrame';
export { Funnel, type FunnelStep } from './Funnel';
export { COLOUR, FILLS, type Fill } from './palette';
export { NO_DATA, colourAt, stepsOf, type Step } from './scale';
export { ScaleLegend } from './ScaleLegend';
export { SeriesKey, StackedBars, StackedColumns, type Column, type Series, type StackedBar } from './Stacked';
export { Sparkline } from './Sparkline';
