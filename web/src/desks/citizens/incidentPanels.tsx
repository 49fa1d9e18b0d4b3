import type { IncidentPanel } from '@/desks/incidents/panels';
import { FromCitizens } from './FromCitizens';

const panels: IncidentPanel[] = [
  { id: 'citizens', place: 'side', order: 45, permission: 'incident.view', Panel: FromCitizens },
];
export default panels;
