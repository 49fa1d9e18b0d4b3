/** Classes of a map that is filled by value. */

export interface Step {
  /** Inclusive; the class reaches up to the next step's `from`. */
  from: number;
  colour: string;
}

/** Light to dark of one hue: read by every eye, and in grey on paper. Dark grounds start near the ground. */
const SHADES = {
  light: ['#d6e6f5', '#a4c9ea', '#68a2d8', '#2f78c4', '#154a80'],
  dark: ['#20364c', '#28527b', '#2f70ad', '#5b98dc', '#b9d6f3'],
} as const;
export const NO_DATA = { light: '#e2e2de', dark: '#1d252e' } as const;

/** 1, 2, 2.5 or 5 times a power of ten, not below `value`. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((one) => one * power >= value * 0.999999) ?? 10) * power;
}

/** Up to five classes with round limits, about equally filled; from 0. Empty without a value above 0. */
export function stepsOf(values: readonly number[], scheme: 'light' | 'dark'): Step[] {
  const shades = SHADES[scheme];
  const some = values.filter((value) => value > 0).sort((a, b) => a - b);
  if (some.length === 0) return [];
  const limits = [0];
  for (let part = 1; part < shades.length; part++) {
    const limit = roundUp(some[Math.floor((some.length * part) / shades.length)] ?? 0);
    if (limit > (limits.at(-1) ?? 0) && limit <= (some.at(-1) ?? 0)) limits.push(limit);
  }
  return limits.map((from, index) => ({
    from,
    colour: shades[Math.round((index * (shades.length - 1)) / Math.max(1, limits.length - 1))] ?? shades[0],
  }));
}

export function colourAt(value: number | null, steps: readonly Step[], scheme: 'light' | 'dark'): string {
  if (value === null) return NO_DATA[scheme];
  return [...steps].reverse().find((step) => value >= step.from)?.colour ?? steps[0]?.colour ?? NO_DATA[scheme];
}
