/** A cluster as a ring: the share of live, stalled and other cameras around their number. */
import type { Status } from '@/api/types';
import { STATUSES } from '@/api/types';
import classes from './ring.module.css';
import type { Cluster } from './cluster';

const SVG = 'http://www.w3.org/2000/svg';

/** Start and end (0 to 1 around the ring) of each status's arc. */
export function arcsOf(by_status: Cluster['by_status'], count: number): { status: Status; from: number; to: number }[] {
  let from = 0;
  const arcs = [];
  for (const status of STATUSES) {
    const share = (by_status[status] ?? 0) / count;
    if (share <= 0) continue;
    arcs.push({ status, from, to: from + share });
    from += share;
  }
  return arcs;
}

/** Pixels across: larger for more cameras, slowly. */
export const ringSide = (count: number) => 30 + Math.min(18, Math.log10(count) * 9);

export function ringElement(cluster: Cluster, number: string, label: string): HTMLElement {
  const side = ringSide(cluster.count);
  const radius = side / 2 - 3;
  const around = 2 * Math.PI * radius;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = classes.ring ?? '';
  button.setAttribute('aria-label', label);
  button.title = label;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', String(side));
  svg.setAttribute('height', String(side));
  const ground = document.createElementNS(SVG, 'circle');
  ground.setAttribute('class', classes.ground ?? '');
  for (const [name, value] of Object.entries({ cx: side / 2, cy: side / 2, r: side / 2 - 0.5 }))
    ground.setAttribute(name, String(value));
  svg.append(ground);
  for (const { status, from, to } of arcsOf(cluster.by_status, cluster.count)) {
    const arc = document.createElementNS(SVG, 'circle');
    arc.setAttribute('class', classes.arc ?? '');
    arc.dataset.status = status;
    const attributes = {
      cx: side / 2,
      cy: side / 2,
      r: radius,
      'stroke-dasharray': `${(to - from) * around} ${around}`,
      'stroke-dashoffset': -from * around,
      transform: `rotate(-90 ${side / 2} ${side / 2})`,
    };
    for (const [name, value] of Object.entries(attributes)) arc.setAttribute(name, String(value));
    svg.append(arc);
  }
  const text = document.createElementNS(SVG, 'text');
  text.setAttribute('x', String(side / 2));
  text.setAttribute('y', String(side / 2));
  text.textContent = number;
  svg.append(text);
  button.append(svg);
  return button;
}
