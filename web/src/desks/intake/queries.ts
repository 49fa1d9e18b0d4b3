import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { SourcePage } from './types';

const SOON_MS = 15_000;

export const sourcesQuery = queryOptions({
  queryKey: ['intake', 'sources'],
  queryFn: () => api.get<SourcePage>('/intake/sources', { limit: 500 }),
  refetchInterval: SOON_MS,
});
