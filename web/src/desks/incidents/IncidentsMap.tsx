import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/kit';
import { pointsQuery, type Filters } from './queries';
import { PointsMap } from './PointsMap';

/** Incidents where they are; the worst are drawn on top. */
export default function IncidentsMap({ filters, onOpen }: { filters: Filters; onOpen: (id: string) => void }) {
  const { t } = useTranslation('incidents');
  const { data, error, refetch } = useQuery(pointsQuery(filters));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <PointsMap label={t('map.label')} points={data ?? []} onOpen={onOpen} legend />;
}
