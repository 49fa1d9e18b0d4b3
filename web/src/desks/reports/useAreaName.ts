import { useCallback } from 'react';
import { useFormat } from '@/kit';
import type { ReportArea } from './types';

/** The area as it is called, and the agency where the report or meeting is one's alone. */
export function useAreaName() {
  const format = useFormat();
  return useCallback(
    (area: ReportArea) =>
      [format.name(area.name), area.agency ? format.name(area.agency_name) : ''].filter(Boolean).join(', '),
    [format],
  );
}
