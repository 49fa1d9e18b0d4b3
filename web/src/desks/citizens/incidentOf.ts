import type { Draft } from '@/desks/incidents/opening';
import type { Kind } from '@/desks/incidents/types';
import type { Report } from './types';

/** What an incident's form holds to begin with, from what a citizen has told. */
export function incidentOf(report: Report, kinds: Pick<Kind, 'code' | 'severity' | 'active'>[]): Partial<Draft> {
  // Kinds of reports and of incidents are two lists of the city; where the code is one, it is the same thing.
  const kind = kinds.find((one) => one.active && one.code === report.kind_code);
  return {
    ...(kind ? { kind: kind.code, severity: kind.severity } : {}),
    description: [report.words, `(${report.number})`].filter(Boolean).join('\n'),
    point: [report.lon, report.lat],
    jurisdiction: report.jurisdiction,
    channel: 'citizen',
  };
}
