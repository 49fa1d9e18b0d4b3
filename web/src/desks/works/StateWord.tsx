import { useTranslation } from 'react-i18next';
import type { WorkState } from './types';
import classes from './works.module.css';

/** Each state has a shape of its own beside its word and colour, drawn in a 12 x 12 box. */
const SHAPES: Record<WorkState, { path: string; hollow?: boolean }> = {
  late: { path: 'M1.8 1.8H10.2V10.2H1.8Z' },
  behind: { path: 'M6 1.3 11.3 10.7H.7Z' },
  on_track: { path: 'M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6Z' },
  not_started: { path: 'M6 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8Z', hollow: true },
  done: { path: 'M2 6.4 5 9.4 10.4 2.8', hollow: true },
};

export function StateWord({ state }: { state: WorkState }) {
  const { t } = useTranslation('works');
  const shape = SHAPES[state];
  return (
    <span className={classes.state} data-state={state}>
      <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden>
        <path
          d={shape.path}
          fill={shape.hollow ? 'none' : 'currentColor'}
          stroke={shape.hollow ? 'currentColor' : 'none'}
          strokeWidth={1.8}
        />
      </svg>
      {t(`state.${state}`)}
    </span>
  );
}
