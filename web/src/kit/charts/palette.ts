/** Colours of charts, as theme variables so that a change of scheme changes them. Told apart without colour, too: the
 * target is a long dash, what is needed a dotted line, what is expected a band. Blue and amber stay apart for every eye. */
export const COLOUR = {
  done: 'var(--accent)',
  expected: 'var(--accent)',
  needed: 'var(--stalled)',
  target: 'var(--text)',
  grid: 'var(--line)',
  muted: 'var(--muted)',
  lost: 'var(--offline)',
} as const;

/** Fills of parts that lie on or beside each other: each a pattern of its own as well, so that nobody needs the colour. */
export const FILLS = {
  plain: 'var(--accent)',
  critical: 'var(--alarm)',
  high: 'repeating-linear-gradient(135deg, var(--high) 0 0.28em, var(--high-deep) 0.28em 0.44em)',
  medium: 'repeating-linear-gradient(90deg, var(--stalled) 0 0.22em, transparent 0.22em 0.34em)',
  low: 'repeating-linear-gradient(0deg, var(--offline) 0 0.12em, transparent 0.12em 0.26em)',
  muted: 'var(--offline)',
} as const;
export type Fill = keyof typeof FILLS;
