/** A unit carried onto an incident. */
import type { DragEvent } from 'react';
import type { Unit } from './types';

const TYPE = 'application/x-prahari-unit';

export function setDragged(event: DragEvent, unit: Pick<Unit, 'id' | 'call_sign'>): void {
  event.dataTransfer.setData(TYPE, unit.id);
  event.dataTransfer.setData('text/plain', unit.call_sign);
  event.dataTransfer.effectAllowed = 'link';
}

export const carriesUnit = (event: DragEvent) => event.dataTransfer.types.includes(TYPE);

export function takesUnit(event: DragEvent, take: (unitId: string) => void): void {
  const id = event.dataTransfer.getData(TYPE);
  if (!id) return;
  event.preventDefault();
  take(id);
}
