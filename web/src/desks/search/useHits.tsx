import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useMe } from '@/api/queries';
import type { MoreAnswer, SearchAnswer } from '@/api/types';
import type { PaletteAction, RailEntry } from '@/app/desk';
import { actions, rail } from '@/app/routes';
import { useFormat } from '@/kit';
import { groupsOf } from './grouping';
import type { HitGroup } from './types';

/**
 * What is found by `sought`, which is trimmed; the old answer stays until the new one is there (`isStale`).
 * most: of each kind; left out, as many as a box can show.
 */
export function useHits(sought: string, most?: number) {
  const { t } = useTranslation('search');
  const format = useFormat();
  const options = { enabled: sought.length > 0, placeholderData: keepPreviousData };
  const found = useQuery({
    queryKey: ['search', sought, most],
    queryFn: ({ signal }) => api.get<SearchAnswer>('/search', { q: sought, most }, signal),
    ...options,
  });
  const more = useQuery({
    queryKey: ['search', 'more', sought, most],
    queryFn: ({ signal }) => api.get<MoreAnswer>('/search/more', { q: sought, most }, signal),
    ...options,
  });
  const groups = useMemo(
    () => (sought ? groupsOf(found.data, more.data, sought, t, format) : []),
    [found.data, more.data, sought, t, format],
  );
  return {
    groups,
    similar: sought !== '' && found.data?.similar === true,
    isStale: found.isPlaceholderData || more.isPlaceholderData,
    isPending: sought !== '' && (found.isPending || more.isPending),
    error: found.error ?? more.error,
    refetch: () => Promise.all([found.refetch(), more.refetch()]),
  };
}

/** Pages and actions of the console that have `text` in their name; all of them when it is empty. */
export function usePagesNamed(text: string): HitGroup {
  const { t } = useTranslation('search');
  const permissions = useMe()?.permissions;
  return useMemo(() => {
    const lowered = text.trim().toLowerCase();
    const allowed = (one: { permission?: string }) => !one.permission || permissions?.includes(one.permission);
    const hits = [...actions, ...rail]
      .filter(allowed)
      .map(({ to, label, icon: Found, keys }: PaletteAction | RailEntry) => ({
        id: to + label,
        icon: Found ? <Found size={18} stroke={1.6} aria-hidden /> : null,
        label: t(label),
        ...(keys ? { keys } : {}),
        to,
      }))
      .filter((one) => !lowered || one.label.toLowerCase().includes(lowered));
    return { kind: 'page', name: t('pages'), hits, total: hits.length };
  }, [permissions, t, text]);
}
