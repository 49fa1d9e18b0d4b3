/** Keys of the page now open; the `?` sheet lists exactly these. */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';

export interface Shortcut {
  /** "/", "g m" (one after the other), "mod+k", "Escape" */
  keys: string;
  label: string;
}

interface Registered extends Shortcut {
  id: number;
  run: (event: KeyboardEvent) => void;
}

interface State {
  shortcuts: Registered[];
}
export const useShortcuts = create<State>(() => ({ shortcuts: [] }));

let nextId = 0;

/** `label` is already in the reader's language. Letters do not fire while somebody types. */
export function useShortcut(keys: string, label: string, run: (event: KeyboardEvent) => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const id = nextId++;
    const entry: Registered = { id, keys, label, run: (event) => latest.current(event) };
    useShortcuts.setState(({ shortcuts }) => ({ shortcuts: [...shortcuts, entry] }));
    return () => useShortcuts.setState(({ shortcuts }) => ({ shortcuts: shortcuts.filter((one) => one.id !== id) }));
  }, [keys, label, enabled]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

const CHORD_MS = 1200;

/** Finds the shortcut a key press stands for; keeps the first half of a chord. */
export class KeyReader {
  private first = '';
  private firstAt = 0;

  find(event: KeyboardEvent, shortcuts: readonly Registered[]): Registered | undefined {
    if (event.defaultPrevented || event.isComposing) return undefined;
    const mod = event.ctrlKey || event.metaKey;
    if (event.altKey || (isTyping(event.target) && !mod)) return undefined;
    const key = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
    const chord = this.first && event.timeStamp - this.firstAt < CHORD_MS ? `${this.first} ${key}` : '';
    this.first = '';
    const newestFirst = [...shortcuts].reverse();
    const found =
      (chord && newestFirst.find((one) => one.keys === chord)) || newestFirst.find((one) => one.keys === key);
    if (!found && newestFirst.some((one) => one.keys.startsWith(`${key} `))) {
      this.first = key;
      this.firstAt = event.timeStamp;
    }
    return found;
  }
}

/** Listens for every registered shortcut: once, in the shell. */
export function useShortcutListener(): void {
  useEffect(() => {
    const reader = new KeyReader();
    const onKey = (event: KeyboardEvent) => {
      const found = reader.find(event, useShortcuts.getState().shortcuts);
      if (!found) return;
      event.preventDefault();
      found.run(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
