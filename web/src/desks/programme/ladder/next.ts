/** Steps that people enter, and where each may follow; the server has the last word. */
import type { Step } from '../types';

export type HandStep = 'asked' | 'promised' | 'installed' | 'refused' | 'surveyed';

export const NEXT: Record<Step, HandStep[]> = {
  listed: ['asked', 'promised', 'refused'],
  asked: ['asked', 'promised', 'installed', 'refused'],
  promised: ['installed', 'asked', 'refused'],
  installed: ['asked', 'refused'],
  consented: ['surveyed'],
  refused: ['asked', 'promised'],
  surveyed: ['surveyed'],
  withdrawn: ['asked', 'refused'],
};
