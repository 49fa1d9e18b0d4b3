import { Anchor, Button, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import type { CameraRow, Page as ListPage, PremisesDetail } from '@/api/types';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import { Nearby } from '../camera/Nearby';
import { Coverage } from './Coverage';
import { PremisesForm } from './PremisesForm';

/** One premises: where, whose, whom to ring, what its cameras cover. */
export function Component() {
  const { t } = useTranslation('registry');
  const { id = '' } = useParams();
  const format = useFormat();
  const client = useQueryClient();
  const mayEdit = useCan('registry.edit');
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['premises', id],
    queryFn: () => api.get<PremisesDetail>(`/premises/${id}`),
  });
  const cameras = useQuery({
    queryKey: ['cameras', 'of-premises', id],
    queryFn: () => api.get<ListPage<CameraRow>>('/cameras', { premises: id, limit: 100 }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={8} />;
  return (
    <Page
      padded
      title={format.name(data.name)}
      note={[data.owner_class.name, data.place_class?.name, data.jurisdiction.name]
        .map(format.name)
        .filter(Boolean)
        .join(' · ')}
      actions={
        mayEdit && (
          <Button size="xs" variant="default" leftSection={<IconEdit size={14} />} onClick={() => setEditing(true)}>
            {t('camera.edit')}
          </Button>
        )
      }
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack gap="md">
          <Paper withBorder p="md">
            <Text fw={600} mb={6}>
              {t('premises.coverage')}
            </Text>
            <Coverage coverage={data.coverage} />
          </Paper>
          <Paper withBorder p="md">
            <Text fw={600} mb={6}>
              {t('premises.address')}
            </Text>
            <Text size="sm">{format.name(data.address)}</Text>
            {data.lat !== null && data.lon !== null && (
              <Anchor component={Link} size="sm" to={`/?at=${data.lon},${data.lat},16`}>
                {t('camera.on_map')}
              </Anchor>
            )}
          </Paper>
          <Paper withBorder p="md">
            <Text fw={600} mb={6}>
              {t('premises.contacts')}
            </Text>
            {data.contacts.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('premises.no_contacts')}
              </Text>
            )}
            {data.contacts.map((contact) => (
              <Text key={contact.id} size="sm">
                {[contact.name, contact.role].filter(Boolean).join(', ')}
                {contact.mobile && (
                  <>
                    {' · '}
                    <Anchor href={`tel:${contact.mobile}`}>{contact.mobile}</Anchor>
                  </>
                )}
              </Text>
            ))}
          </Paper>
        </Stack>
        <Paper withBorder>
          <Text fw={600} p="sm">
            {t('premises.cameras')}
          </Text>
          {cameras.isError && <ErrorState error={cameras.error} onRetry={() => void cameras.refetch()} />}
          {cameras.isPending && <LoadingRows rows={3} />}
          {cameras.data?.items.length === 0 && (
            <EmptyState title={t('premises.no_cameras')} hint={t('premises.no_cameras_hint')} />
          )}
          {cameras.data && cameras.data.items.length > 0 && <Nearby cameras={cameras.data.items} />}
        </Paper>
      </SimpleGrid>
      {editing && (
        <PremisesForm
          premises={data}
          onClose={() => setEditing(false)}
          onDone={() => client.invalidateQueries({ queryKey: ['premises'] })}
        />
      )}
    </Page>
  );
}
