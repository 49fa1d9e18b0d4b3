import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { onTick } from '../ticker';

interface Props {
  player: RefObject<{ wallMs(): number | null } | null>;
  className?: string;
  /** The picture is old: say how old. */
  aged?: boolean;
  /** Date as well as time. */
  dated?: boolean;
}

/** Capture time of the picture on the screen, written past React four times a second at most. */
export function PictureClock({ player, className, aged = false, dated = false }: Props) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const element = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    let shown = '';
    const write = () => {
      const wallMs = player.current?.wallMs() ?? null;
      let text = '';
      if (wallMs !== null && aged) text = t('tile.age', { length: format.length(Math.max(0, Date.now() - wallMs)) });
      else if (wallMs !== null) text = dated ? format.dateTime(wallMs) : format.time(wallMs);
      if (text === shown || !element.current) return;
      element.current.textContent = shown = text;
      if (wallMs !== null) element.current.dateTime = new Date(wallMs).toISOString();
    };
    write();
    return onTick(write);
  }, [player, format, t, aged, dated]);
  return <time ref={element} className={className} title={t('tile.picture_time')} />;
}
