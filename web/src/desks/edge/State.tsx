import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EdgeState } from './types';
import classes from './edge.module.css';

/** Each state has a shape of its own, drawn in a 12 x 12 box, beside its word. */
const SHAPES: Record<EdgeState, ReactNode> = {
  online: <circle cx={6} cy={6} r={4.8} fill="currentColor" />,
  renewing: <path d="M6 1.2a4.8 4.8 0 1 1-4.8 4.8" fill="none" stroke="currentColor" strokeWidth={2} />,
  offline: <rect x={1.8} y={1.8} width={8.4} height={8.4} fill="currentColor" />,
  expired: <path d="M6 1.3 11.3 10.7H.7Z" fill="currentColor" />,
  revoked: <path d="M2 2 10 10M10 2 2 10" stroke="currentColor" strokeWidth={2.4} />,
  never: <circle cx={6} cy={6} r={4} fill="none" stroke="currentColor" strokeWidth={1.8} />,
};

export function SiteState({ state }: { state: EdgeState }) {
  const { t } = useTranslation('edge');
  return (
    <span className={classes.state} data-state={state}>
      <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden>
        {SHAPES[state]}
      </svg>
      {t(`state.${state}`)}
    </span>
  );
}
