import { Button, Group, Input } from '@mantine/core';
import { useEffect, useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../field.module.css';
import { asBlob } from '../offline/pictures';

/** Shorter than this in all, in CSS pixels, it was a slip of the finger. */
const LEAST_STROKE = 30;

/** A signature with the finger, as a PNG of dark ink on nothing; null while nothing is written. */
export function SignaturePad({ onChange }: { onChange: (signature: Blob | null) => void }) {
  const { t } = useTranslation('field');
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<{ x: number; y: number } | null>(null);
  const written = useRef(0);

  useEffect(() => {
    const pad = canvas.current;
    if (!pad) return;
    // As many pixels as the screen shows; set once, since setting it wipes what is written.
    pad.width = Math.round(pad.clientWidth * devicePixelRatio);
    pad.height = Math.round(pad.clientHeight * devicePixelRatio);
    const ink = pad.getContext('2d');
    if (!ink) return;
    ink.scale(devicePixelRatio, devicePixelRatio);
    ink.lineWidth = 2.2;
    ink.lineCap = ink.lineJoin = 'round';
    ink.strokeStyle = '#16202b';
  }, []);

  const at = (event: PointerEvent) => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.current = at(event);
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = canvas.current?.getContext('2d');
    if (!pen.current || !ink) return;
    const to = at(event);
    ink.beginPath();
    ink.moveTo(pen.current.x, pen.current.y);
    ink.lineTo(to.x, to.y);
    ink.stroke();
    written.current += Math.hypot(to.x - pen.current.x, to.y - pen.current.y);
    pen.current = to;
  };
  const end = async () => {
    if (!pen.current || !canvas.current) return;
    pen.current = null;
    if (written.current >= LEAST_STROKE) onChange(await asBlob(canvas.current, 'image/png'));
  };
  const clear = () => {
    written.current = 0;
    const pad = canvas.current;
    pad?.getContext('2d')?.clearRect(0, 0, pad.width, pad.height);
    onChange(null);
  };
  return (
    <Input.Wrapper label={t('consent.signature')}>
      <canvas
        ref={canvas}
        className={classes.pad}
        aria-label={t('consent.signature')}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => void end()}
        onPointerCancel={() => void end()}
      />
      <Group justify="flex-end" mt={4}>
        <Button variant="subtle" size="compact-sm" onClick={clear}>
          {t('consent.sign_again')}
        </Button>
      </Group>
    </Input.Wrapper>
  );
}
