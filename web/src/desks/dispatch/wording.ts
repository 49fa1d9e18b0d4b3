import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import type { SentTo } from './types';

/** Distances, times of arrival and ages as a dispatcher reads them. */
export function useWords() {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  return useMemo(
    () => ({
      distance: (metres: number) =>
        metres < 1000
          ? t('metres', { number: format.number(Math.round(metres / 10) * 10) })
          : t('kilometres', { number: format.number(metres / 1000, 1) }),
      eta: (seconds: number) => t('minutes', { number: format.number(Math.max(1, Math.round(seconds / 60))) }),
      /** "12 s" when fresh, else the largest whole unit. */
      age: (seconds: number) =>
        seconds < 60 ? t('seconds', { number: format.number(seconds) }) : format.length(seconds * 1000),
      /** What an incident is called: its title, else its kind. */
      title: (one: Pick<SentTo, 'title' | 'kind'>) => one.title || format.name(one.kind.name),
    }),
    [format, t],
  );
}
