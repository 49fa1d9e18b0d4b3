import classes from './Mark.module.css';

export type Tone = 'plain' | 'way' | 'good' | 'bad' | 'held';

/** Each tone has a shape of its own beside its colour. */
const SHAPES: Record<Tone, string> = {
  plain: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9Z',
  way: 'M2 1.5 10.5 6 2 10.5Z',
  good: 'M1.5 6.2 4.6 9.3 10.5 2.8',
  bad: 'M6 1.3 11.3 10.7H.7Z',
  held: 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5',
};
const LINES: Tone[] = ['plain', 'good', 'held'];

/** A state as a shape and a word. */
export function Mark({ tone, children }: { tone: Tone; children: string }) {
  const line = LINES.includes(tone);
  return (
    <span className={classes.mark} data-tone={tone}>
      <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden>
        <path
          d={SHAPES[tone]}
          fill={line ? 'none' : 'currentColor'}
          stroke={line ? 'currentColor' : 'none'}
          strokeWidth={1.8}
        />
      </svg>
      {children}
    </span>
  );
}
