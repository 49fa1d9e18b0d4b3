import type { IncidentPanel } from '@/desks/incidents/panels';
import { Runs } from './run/Runs';

const panels: IncidentPanel[] = [{ id: 'procedure', place: 'middle', order: 10, Panel: Runs }];
export default panels;
