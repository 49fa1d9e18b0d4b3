/** The two languages of the owner's pages, without a library: a key, and what is filled in. */
import { createContext, useContext } from 'react';
import type { Words } from '../types';
import en from '../i18n/en.json';
import hi from '../i18n/hi.json';

export type Language = 'hi' | 'en';
const STORED_AS = 'prahari.language';
const texts = { hi, en } as const;

export function firstLanguage(): Language {
  try {
    return localStorage.getItem(STORED_AS) === 'en' ? 'en' : 'hi';
  } catch {
    return 'hi'; // a browser that keeps nothing
  }
}

export function keepLanguage(language: Language): void {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    return; // asked again next time
  }
}

export function lookUp(language: Language, key: string, values: Record<string, string | number> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts[language].page);
  const text = typeof found === 'string' ? found : key;
  return text.replace(/\{\{(\w+)\}\}/g, (all, name: string) => String(values[name] ?? all));
}

export interface Speech {
  language: Language;
  t: (key: string, values?: Record<string, string | number>) => string;
  name: (words: Words) => string;
  date: (time_ms: number) => string;
  dateTime: (time_ms: number) => string;
  number: (value: number) => string;
}

const ZONE = { timeZone: 'Asia/Kolkata' } as const;

export function speech(language: Language): Speech {
  const locale = `${language}-IN-u-nu-latn`;
  const day = new Intl.DateTimeFormat(locale, { ...ZONE, day: 'numeric', month: 'short', year: 'numeric' });
  const clock = new Intl.DateTimeFormat(locale, { ...ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const numbers = new Intl.NumberFormat(locale);
  return {
    language,
    t: (key, values) => lookUp(language, key, values),
    name: (words) => words[language] || words.en || words.hi,
    date: (time_ms) => day.format(time_ms),
    dateTime: (time_ms) => `${day.format(time_ms)}, ${clock.format(time_ms)}`,
    number: (value) => numbers.format(value),
  };
}

export const SpeechContext = createContext<Speech>(speech('hi'));
export const useSpeech = () => useContext(SpeechContext);
