import { Anchor } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { EmptyState, ErrorState } from '@/kit';

export function RouteError() {
  return <ErrorState error={useRouteError()} onRetry={() => location.reload()} />;
}

export function NotFound() {
  const { t } = useTranslation('app');
  return (
    <EmptyState icon={IconMapOff} title={t('not_found.title')} hint={t('not_found.hint')}>
      <Anchor component={Link} to="/">
        {t('not_found.back')}
      </Anchor>
    </EmptyState>
  );
}
