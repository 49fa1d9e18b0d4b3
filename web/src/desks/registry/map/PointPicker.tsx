import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';

export interface PointPickerProps {
  /** Longitude and latitude. */
  value: [number, number] | null;
  onChange: (value: [number, number]) => void;
  /** Also draws where the camera looks. */
  bearing_deg?: number | null;
  fov_deg?: number | null;
  height?: number | string;
}

const PointMap = lazy(() => import('./PointMap'));

/** Choosing a place by a click or by dragging the pin; the map's code is fetched when it is first shown. */
export function PointPicker(props: PointPickerProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? 320} />}>
      <PointMap {...props} />
    </Suspense>
  );
}
