import { Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseOff, IconRefresh, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, sentenceOf } from '@/api/client';

interface EmptyProps {
  icon?: Icon;
  title: string;
  hint?: string;
  children?: ReactNode;
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ icon: Icon = IconDatabaseOff, title, hint, children }: EmptyProps) {
  return (
    <Center mih={160} h="100%" p="lg">
      <Stack align="center" gap="xs" maw={420} ta="center">
        <Icon size={32} stroke={1.3} color="var(--muted)" aria-hidden />
        <Text fw={500}>{title}</Text>
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}

/** What went wrong, in a sentence, with a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('kit');
  return (
    <EmptyState icon={IconAlertTriangle} title={t('error.title')} hint={sentenceOf(error)}>
      {onRetry && !(error instanceof ApiError && error.status === 404) && (
        <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
          {t('try_again')}
        </Button>
      )}
    </EmptyState>
  );
}

export function LoadingRows({ rows = 6, height = 28 }: { rows?: number; height?: number }) {
  const { t } = useTranslation('kit');
  return (
    <Stack gap={8} p="md" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={`${96 - ((row * 17) % 30)}%`} radius="sm" />
      ))}
    </Stack>
  );
}
