/** Buttons that a desk adds to the toolbar of every live tile. */
import type { ComponentType } from 'react';

export type TileTool = ComponentType<{ cameraId: string }>;

export const tileTools: TileTool[] = [];

/** Before anything is drawn, and lazily: from a desk's routes.tsx. */
export function registerTileTool(tool: TileTool): void {
  tileTools.push(tool);
}
