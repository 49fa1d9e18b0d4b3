import type { IncidentPanel } from '@/desks/incidents/panels';
import { IncidentUnits } from './IncidentUnits';

const panels: IncidentPanel[] = [
  { id: 'units', place: 'side', order: 5, permission: 'dispatch.view', Panel: IncidentUnits },
];
export default panels;
