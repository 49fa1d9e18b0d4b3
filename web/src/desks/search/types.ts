import type { ReactNode } from 'react';

/** One line of what was found. */
export interface Hit {
  id: string;
  icon: ReactNode;
  label: string;
  note?: string;
  /** Shortcut that leads there from anywhere. */
  keys?: string;
  to: string;
}

export interface HitGroup {
  kind: string;
  name: string;
  hits: Hit[];
  /** In all; `hits` are the first of them. */
  total: number;
  /** Counting stopped there: it may be more. */
  atLeast?: boolean;
  /** Where all of them stand as rows. */
  table?: string;
}
