import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';
import type { Language } from '@/i18n';
import * as format from './format';
import { usePreferences } from './preferences';

/** Formatters bound to the reader's language and numerals. */
export function useFormat() {
  const { t, i18n } = useTranslation('kit');
  const numerals = usePreferences((state) => state.numerals);
  const language: Language = i18n.language === 'en' ? 'en' : 'hi';
  return useMemo(() => {
    const options = { language, numerals: language === 'hi' ? numerals : 'latn' } as const;
    const length = (duration_ms: number) => {
      const { unit, count } = format.lengthOf(duration_ms);
      return t(`length.${unit}`, { count, number: format.formatNumber(count, options) });
    };
    return {
      language,
      number: (value: number, digits = 0) => format.formatNumber(value, options, digits),
      date: (time_ms: number) => format.formatDate(time_ms, options),
      time: (time_ms: number, seconds = true) => format.formatTime(time_ms, options, seconds),
      when: (time_ms: number) => format.formatWhen(time_ms, options),
      dateTime: (time_ms: number) => format.formatDateTime(time_ms, options),
      bytes: (bytes: number) => format.formatBytes(bytes, options),
      /** "3 minutes" */
      length,
      /** "3 minutes ago" */
      ago: (time_ms: number, now_ms = Date.now()) =>
        now_ms - time_ms < 1000 ? t('just_now') : t('ago', { length: length(now_ms - time_ms) }),
      bearing: (degrees: number) =>
        `${format.formatNumber(degrees, options)}° ${t(`compass.${format.compassOf(degrees)}`)}`,
      /** A bilingual name in the reader's language, or the other one when it is missing. */
      name: (name: Name | null | undefined) => (name ? name[language] || name.en || name.hi : ''),
    };
  }, [language, numerals, t]);
}
export type Format = ReturnType<typeof useFormat>;
