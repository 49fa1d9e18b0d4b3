import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { EmptyState, ErrorState, FileView, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import classes from '../field.module.css';
import { refresh } from '../offline/store';
import type { VisitRow, Visits } from '../types';

type Decision = 'apply' | 'dismiss';

/** Visits that met a change made by somebody else: a person decides what holds. Needs the network. */
export function DecisionsScreen() {
  const { t } = useTranslation('field');
  const format = useFormat();
  const [asked, setAsked] = useState<{ visit: VisitRow; decision: Decision } | null>(null);
  const found = useQuery({
    queryKey: ['field', 'conflicts'],
    queryFn: () => api.get<Visits>('/field/visits', { state: 'conflict' }),
  });
  if (found.isPending) return <LoadingRows />;
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <section className={classes.section}>
        <Title order={1} size="h4">
          {t('decisions.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('decisions.hint')}
        </Text>
      </section>
      {found.data.items.length === 0 && <EmptyState icon={IconGavel} title={t('decisions.none')} />}
      {found.data.items.map((visit) => (
        <Stack key={visit.id} className={classes.section} gap={6}>
          <Text fw={600}>{format.name(visit.premises.name)}</Text>
          <Text size="sm" c="dimmed">
            {visit.by} · {format.dateTime(visit.at_ms)} · {t(`outcome.${visit.outcome}`)}
          </Text>
          <Text size="sm">{format.name(visit.conflict)}</Text>
          {visit.form.note && <Text size="sm">{visit.form.note}</Text>}
          {visit.files.length > 0 && <FileView files={visit.files.map(({ id }) => ({ id, kind: 'image' }))} />}
          <Group gap={8}>
            <Button variant="default" onClick={() => setAsked({ visit, decision: 'apply' })}>
              {t('decisions.apply')}
            </Button>
            <Button variant="default" onClick={() => setAsked({ visit, decision: 'dismiss' })}>
              {t('decisions.dismiss')}
            </Button>
          </Group>
        </Stack>
      ))}
      <ReasonDialog
        opened={asked !== null}
        title={asked ? t(`decisions.${asked.decision}`) : ''}
        consequence={asked ? t(`decisions.${asked.decision}_hint`) : ''}
        confirm={asked ? t(`decisions.${asked.decision}`) : ''}
        onClose={() => setAsked(null)}
        onConfirm={async (reason) => {
          if (!asked) return;
          await api.post(`/field/visits/${asked.visit.id}/settle`, { decision: asked.decision, reason });
          setAsked(null);
          await found.refetch();
          void refresh();
        }}
      />
    </>
  );
}
