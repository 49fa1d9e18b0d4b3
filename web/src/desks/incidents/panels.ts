/**
 * Parts of an incident's page that other desks bring: each has a file `incidentPanels.tsx` in its folder, whose default
 * is a list of these. This desk imports none of them by name.
 */
import type { ComponentType } from 'react';
import type { Incident } from './types';

export interface IncidentPanel {
  id: string;
  /** middle: what is to be done; side: what stands around it. */
  place: 'middle' | 'side';
  /** From the top; this desk's own side panels stand at 10 (cameras), 20 (map), 40 (alarms), 50, 60, 70. */
  order: number;
  /** Shown only to those who hold it anywhere. */
  permission?: string;
  Panel: ComponentType<{ incident: Incident }>;
}

const found = import.meta.glob<IncidentPanel[]>('../**/incidentPanels.tsx', { eager: true, import: 'default' });

export const panels: IncidentPanel[] = Object.values(found)
  .flat()
  .sort((a, b) => a.order - b.order);
