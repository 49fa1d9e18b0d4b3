import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from './client';
import type { Page } from './types';

/** A list read by cursor pages, as it is scrolled. */
export function usePages<Row>(
  key: string,
  path: string,
  query: Record<string, string | number | undefined>,
  limit = 200,
) {
  const pages = useInfiniteQuery({
    queryKey: [key, path, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Row>>(path, { ...query, limit, cursor: pageParam || undefined }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { data, fetchNextPage, isFetchingNextPage } = pages;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const first = data?.pages[0];
  return {
    rows,
    total: first?.total ?? rows.length,
    as_of_ms: first?.as_of_ms,
    hasMore: pages.hasNextPage,
    more,
    isPending: pages.isPending,
    error: pages.error,
    refetch: pages.refetch,
  };
}
