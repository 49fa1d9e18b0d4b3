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
