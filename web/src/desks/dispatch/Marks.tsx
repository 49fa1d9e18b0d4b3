import {
  IconAmbulance,
  IconCar,
  IconFiretruck,
  IconMotorbike,
  IconShieldBolt,
  IconWalk,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './dispatch.module.css';
import type { Progress, UnitKind, UnitStatus } from './types';

export const KIND_ICONS: Record<UnitKind, Icon> = {
  patrol_car: IconCar,
  motorcycle: IconMotorbike,
  ambulance: IconAmbulance,
  fire_tender: IconFiretruck,
  quick_response: IconShieldBolt,
  foot: IconWalk,
};

/** Each state has a shape of its own, drawn in a 30 x 30 box: colour is not all there is to tell them by. */
const SHAPES: Record<UnitStatus, string> = {
  available: 'M15 2a13 13 0 1 0 0 26a13 13 0 1 0 0-26Z',
  assigned: 'M15 .5 29.5 15 15 29.5 .5 15Z',
  en_route: 'M9 2H21L29 15 21 28H9L1 15Z',
  at_scene: 'M2.5 2.5H27.5V27.5H2.5Z',
  busy: 'M15 2a13 13 0 1 0 0 26a13 13 0 1 0 0-26Z',
  out_of_service: 'M9 2H21L28 9V21L21 28H9L2 21V9Z',
  off_duty: 'M15 2a13 13 0 1 0 0 26a13 13 0 1 0 0-26Z',
};

interface Props {
  kind: UnitKind;
  status: UnitStatus;
  size?: number;
  /** Its position is not to be relied on. */
  old?: boolean;
  /** Called and not answered. */
  waiting?: boolean;
}

/** Shape and colour by state, picture by kind. */
export function UnitMark({ kind, status, size = 26, old = false, waiting = false }: Props) {
  const { t } = useTranslation('dispatch');
  const Kind = KIND_ICONS[kind];
  return (
    <span
      className={classes.mark}
      data-status={status}
      data-old={old || undefined}
      data-waiting={waiting || undefined}
      style={{ width: size, height: size }}
      role="img"
      aria-label={`${t(`kind.${kind}`)}, ${t(`status.${status}`)}`}
    >
      <svg width={size} height={size} viewBox="0 0 30 30" aria-hidden>
        <path d={SHAPES[status]} />
        {status === 'out_of_service' && <path className={classes.strike} d="M6 24 24 6" />}
      </svg>
      <Kind size={size * 0.52} stroke={1.9} aria-hidden />
    </span>
  );
}

export function StatusWord({ status }: { status: UnitStatus }) {
  const { t } = useTranslation('dispatch');
  return (
    <span className={classes.status} data-status={status}>
      {t(`status.${status}`)}
    </span>
  );
}

export function ProgressWord({ state, told = 0 }: { state: Progress; told?: number }) {
  const { t } = useTranslation('dispatch');
  const unanswered = state === 'offered' && told > 0;
  return (
    <span className={classes.progress} data-state={state} data-unanswered={unanswered || undefined}>
      {t(unanswered ? 'progress.unanswered' : `progress.${state}`)}
    </span>
  );
}
