/** A short two-tone call while a critical alarm waits for somebody; silent when muted, and it shows. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Sound {
  muted: boolean;
  /** The browser lets no page sound before somebody has touched it. */
  blocked: boolean;
}
export const useSound = create<Sound>()(
  persist((): Sound => ({ muted: false, blocked: false }), {
    name: 'prahari.alarm-sound',
    partialize: ({ muted }) => ({ muted }),
  }),
);

const TONES_HZ = [880, 660];
const TONE_S = 0.16;
const LOUDNESS = 0.18;
let context: AudioContext | null = null;

export async function call(): Promise<void> {
  if (useSound.getState().muted) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') {
    // Never settles while the browser waits for a touch.
    void context.resume();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const blocked = context.state !== 'running';
  useSound.setState({ blocked });
  if (blocked) return;
  TONES_HZ.forEach((hz, at) => tone(hz, at * TONE_S));
}

function tone(hz: number, after_s: number): void {
  if (!context) return;
  const start = context.currentTime + after_s;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
  gain.gain.setValueAtTime(LOUDNESS, start + TONE_S - 0.03);
  gain.gain.linearRampToValueAtTime(0, start + TONE_S);
  const oscillator = context.createOscillator();
  oscillator.frequency.value = hz;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + TONE_S);
}

export function setMuted(muted: boolean): void {
  useSound.setState({ muted, blocked: false });
  if (!muted) void call();
}
