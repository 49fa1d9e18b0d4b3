import { ActionIcon, Slider } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconPlayerStopFilled,
  IconZoomIn,
  IconZoomOut,
  type Icon,
} from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { atSpeed, directionOf, Moves, type Direction, type Order } from './moves';
import classes from './ptz.module.css';

interface Props {
  disabled: boolean;
  move: (order: Order) => Promise<unknown>;
  failed: (error: unknown) => void;
}

const BUTTONS: { name: string; key: string; icon: Icon }[] = [
  { name: 'up', key: 'ArrowUp', icon: IconArrowUp },
  { name: 'left', key: 'ArrowLeft', icon: IconArrowLeft },
  { name: 'right', key: 'ArrowRight', icon: IconArrowRight },
  { name: 'down', key: 'ArrowDown', icon: IconArrowDown },
  { name: 'zoom_in', key: '+', icon: IconZoomIn },
  { name: 'zoom_out', key: '-', icon: IconZoomOut },
];

/** Press and hold to move, let go to stop; the same with the arrow keys, + and - while the pad has the focus. */
export function PtzPad({ disabled, move, failed }: Props) {
  const { t } = useTranslation('devices');
  const [speed, setSpeed] = useState(0.5);
  const hint = useId();
  const moves = useMemo(() => new Moves(move, failed), [move, failed]);
  useEffect(() => {
    const letGo = () => moves.release();
    // Whatever takes the pointer or the page away must not leave the camera turning.
    window.addEventListener('pointerup', letGo);
    window.addEventListener('pointercancel', letGo);
    window.addEventListener('blur', letGo);
    document.addEventListener('visibilitychange', letGo);
    return () => {
      window.removeEventListener('pointerup', letGo);
      window.removeEventListener('pointercancel', letGo);
      window.removeEventListener('blur', letGo);
      document.removeEventListener('visibilitychange', letGo);
      letGo();
    };
  }, [moves]);

  const start = (direction: Direction | undefined) => {
    if (direction && !disabled) moves.hold(atSpeed(direction, speed));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directionOf(event.key);
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat && !moves.isHeld) start(direction);
  };
  return (
    <div>
      <div
        className={classes.pad}
        role="group"
        tabIndex={0}
        aria-label={t('ptz.pad')}
        aria-describedby={hint}
        aria-disabled={disabled}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => directionOf(event.key) && moves.release()}
        onBlur={() => moves.release()}
      >
        {BUTTONS.map(({ name, key, icon: Icon }) => (
          <ActionIcon
            key={name}
            className={classes[name]}
            size={52}
            variant="default"
            tabIndex={-1}
            disabled={disabled}
            aria-label={t(`ptz.${name}`)}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              start(directionOf(key));
            }}
            onContextMenu={(event) => event.preventDefault()}
          >
            <Icon size={24} />
          </ActionIcon>
        ))}
        <ActionIcon
          className={classes.stop}
          size={52}
          variant="default"
          tabIndex={-1}
          disabled={disabled}
          aria-label={t('ptz.stop')}
          onClick={() => void moves.order({ kind: 'stop' })}
        >
          <IconPlayerStopFilled size={20} />
        </ActionIcon>
      </div>
      <div className={classes.speed}>
        <span>{t('ptz.speed')}</span>
        <Slider
          flex={1}
          min={0.1}
          max={1}
          step={0.1}
          label={null}
          thumbLabel={t('ptz.speed')}
          value={speed}
          onChange={setSpeed}
        />
      </div>
      <p id={hint} className={classes.hint}>
        {t('ptz.hint')}
      </p>
    </div>
  );
}
