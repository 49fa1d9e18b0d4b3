import { useMemo } from 'react';
import { encode } from 'uqr';

/** `text` as a QR code: dark on white whatever the theme, since phones read that best. */
export function QrCode({ text, size = 176, label }: { text: string; size?: number; label: string }) {
  const { path, side } = useMemo(() => {
    const code = encode(text, { border: 3 });
    const path = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
    return { path, side: code.size };
  }, [text]);
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
