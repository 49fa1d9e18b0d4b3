import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from '../CameraPlayer.module.css';
import { DateField, TimeField } from './DateField';
import * as scale from './scale';

interface Props {
  spanMs: number;
  positionMs: () => number | null;
  onSpan: (spanMs: number) => void;
  onJump: (atMs: number) => void;
}

const SPANS = [10 * scale.MINUTE_MS, scale.HOUR_MS, scale.DAY_MS, 7 * scale.DAY_MS];

/** How much time the timeline shows, and a field to go to a date and time (IST). */
export function JumpTo({ spanMs, onSpan, onJump, positionMs }: Props) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const [typed, setTyped] = useState<{ day: string; time: string } | null>(null);
  const [failure, setFailure] = useState('');
  const begin = () => {
    const atMs = positionMs() ?? Date.now();
    return typed ?? { day: scale.isoDay(atMs), time: istTime(atMs) };
  };
  const jump = () => {
    const { day, time } = begin();
    const atMs = scale.momentOf(day, time);
    if (atMs === null) setFailure(t('jump.not_a_time'));
    else if (atMs > Date.now()) setFailure(t('jump.future'));
    else {
      setFailure('');
      setTyped(null);
      onJump(atMs);
    }
  };
  const [today] = useState(() => scale.isoDay(Date.now()));
  const nearest = SPANS.find((one) => Math.abs(one - spanMs) / one < 0.02);
  return (
    <form
      className={classes.jump}
      onSubmit={(event) => {
        event.preventDefault();
        jump();
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label={t('jump.span')}
        value={nearest ? String(nearest) : ''}
        onChange={(value) => onSpan(Number(value))}
        data={SPANS.map((one) => ({ value: String(one), label: format.length(one) }))}
      />
      <span className={classes.spring} />
      <DateField
        size="xs"
        w={150}
        aria-label={t('jump.date')}
        value={typed?.day ?? ''}
        max={today}
        error={failure}
        onFocus={() => setTyped(begin())}
        onChange={(day) => setTyped({ ...begin(), day })}
      />
      <TimeField
        size="xs"
        w={96}
        aria-label={t('jump.time')}
        value={typed?.time ?? ''}
        onFocus={() => setTyped(begin())}
        onChange={(time) => setTyped({ ...begin(), time })}
      />
      <Button size="xs" type="submit" variant="default" disabled={!typed}>
        {t('jump.go')}
      </Button>
    </form>
  );
}

/** "14:05:09" in IST, as time fields want it. */
function istTime(atMs: number): string {
  return new Date(atMs + scale.IST_OFFSET_MS).toISOString().slice(11, 19);
}
