/** Two languages, switched at once: every namespace is a folder's `i18n/{en,hi}.json`, collected at build time. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'hi' | 'en';
export const LANGUAGES: readonly Language[] = ['hi', 'en'];
const STORED_AS = 'prahari.language';

const files = import.meta.glob<Record<string, unknown>>('../**/i18n/{en,hi}.json', { eager: true, import: 'default' });

/** {language: {namespace: keys}}; `../desks/wall/i18n/hi.json` is language `hi`, namespace `wall`. */
export function collectNamespaces(sources: Record<string, Record<string, unknown>>) {
  const resources: Record<Language, Record<string, Record<string, unknown>>> = { hi: {}, en: {} };
  for (const [path, keys] of Object.entries(sources)) {
    const found = /([^/]+)\/i18n\/(hi|en)\.json$/.exec(path);
    if (found?.[1] && found[2]) resources[found[2] as Language][found[1]] = keys;
  }
  return resources;
}

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  if (stored === 'hi' || stored === 'en') return stored;
  return navigator.language.startsWith('en') ? 'en' : 'hi';
}

/** Whether the reader chose a language on this machine; if not, the one of their account is taken. */
export const hasChosenLanguage = () => localStorage.getItem(STORED_AS) !== null;

export function setLanguage(language: Language): void {
  localStorage.setItem(STORED_AS, language);
  void i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'hi';
}

function markDocument(language: string): void {
  document.documentElement.lang = language;
}

void i18next.use(initReactI18next).init({
  resources: collectNamespaces(files),
  lng: firstLanguage(),
  fallbackLng: 'en',
  defaultNS: 'kit',
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
});
markDocument(i18next.language);
i18next.on('languageChanged', markDocument);

export { i18next };
