import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from './wizard.module.css';

interface Props {
  bearingDeg: number;
  fovDeg: number;
  onBearing: (degrees: number) => void;
  onFov: (degrees: number) => void;
}

const SIZE = 180;
const MIDDLE = SIZE / 2;
const REACH = 66;

const point = (degrees: number, reach: number): [number, number] => {
  const angle = (degrees * Math.PI) / 180;
  return [MIDDLE + Math.sin(angle) * reach, MIDDLE - Math.cos(angle) * reach];
};

/** Where the camera looks and how wide: drag the wedge to turn it, its edges to widen it; arrow keys do the same. */
export function BearingDial({ bearingDeg, fovDeg, onBearing, onFov }: Props) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const svg = useRef<SVGSVGElement>(null);
  const dragging = useRef<'bearing' | 'fov' | null>(null);
  const spread = Math.min(fovDeg, 359);
  const [leftX, leftY] = point(bearingDeg - spread / 2, REACH);
  const [rightX, rightY] = point(bearingDeg + spread / 2, REACH);
  const [tipX, tipY] = point(bearingDeg, REACH);

  const angleAt = (event: PointerEvent): number => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return bearingDeg;
    const x = event.clientX - box.left - box.width / 2;
    const y = event.clientY - box.top - box.height / 2;
    return Math.round(((Math.atan2(x, -y) * 180) / Math.PI + 360) % 360);
  };
  const begin = (what: 'bearing' | 'fov', event: PointerEvent<SVGElement>) => {
    event.stopPropagation();
    dragging.current = what;
    svg.current?.setPointerCapture(event.pointerId);
    if (what === 'bearing') onBearing(angleAt(event));
  };
  const move = (event: PointerEvent) => {
    if (dragging.current === 'bearing') onBearing(angleAt(event));
    if (dragging.current === 'fov') {
      const off = Math.abs(((angleAt(event) - bearingDeg + 540) % 360) - 180);
      onFov(Math.min(360, Math.max(5, off * 2)));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 15 : 1;
    if (event.key === 'ArrowRight' || event.key === 'ArrowUp') onBearing((bearingDeg + step) % 360);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') onBearing((bearingDeg - step + 360) % 360);
    else return;
    event.preventDefault();
  };
  return (
    <svg
      ref={svg}
      className={classes.dial}
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="slider"
      tabIndex={0}
      aria-label={t('bearing')}
      aria-valuemin={0}
      aria-valuemax={359}
      aria-valuenow={bearingDeg}
      aria-valuetext={format.bearing(bearingDeg)}
      onPointerDown={(event) => begin('bearing', event)}
      onPointerMove={move}
      onPointerUp={() => (dragging.current = null)}
      onPointerCancel={() => (dragging.current = null)}
      onKeyDown={onKeyDown}
    >
      <circle cx={MIDDLE} cy={MIDDLE} r={REACH} className={classes.dialRing} />
      {(['n', 'e', 's', 'w'] as const).map((side, at) => {
        const [x, y] = point(at * 90, REACH + 13);
        return (
          <text key={side} x={x} y={y + 4} className={classes.dialText}>
            {t(`compass.${side}`)}
          </text>
        );
      })}
      <path
        className={classes.dialWedge}
        d={`M${MIDDLE} ${MIDDLE}L${leftX} ${leftY}A${REACH} ${REACH} 0 ${spread > 180 ? 1 : 0} 1 ${rightX} ${rightY}Z`}
      />
      <line x1={MIDDLE} y1={MIDDLE} x2={tipX} y2={tipY} className={classes.dialLine} />
      <circle cx={MIDDLE} cy={MIDDLE} r={5} className={classes.dialPin} />
      <circle
        cx={leftX}
        cy={leftY}
        r={7}
        className={classes.dialHandle}
        onPointerDown={(event) => begin('fov', event)}
      />
      <circle
        cx={rightX}
        cy={rightY}
        r={7}
        className={classes.dialHandle}
        onPointerDown={(event) => begin('fov', event)}
      />
    </svg>
  );
}
