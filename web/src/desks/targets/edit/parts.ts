/** Parts as they are typed, before they are sent. */

export interface PartDraft {
  /** Of what: an owner class, a department, an area. */
  kind: 'owner_class' | 'department' | 'area';
  code: string | null;
  cameras: number | string;
}

export const KINDS = ['owner_class', 'department', 'area'] as const;

/** Those that say of what and how many. */
export function ready(parts: readonly PartDraft[]) {
  return parts
    .filter((part) => part.code && Number(part.cameras) > 0)
    .map((part) => ({ [part.kind]: part.code, cameras: Number(part.cameras) }));
}
