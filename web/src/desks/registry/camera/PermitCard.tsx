import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import type { CameraDetail, Permit } from '@/api/types';
import { ReasonDialog, useFormat } from '@/kit';
import { ConsentForm } from './ConsentForm';
import classes from './CameraFacts.module.css';
import { OrderForm } from './OrderForm';

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** By what leave the camera is open, and the way to end it at once. */
export function PermitCard({ camera }: { camera: CameraDetail }) {
  const { t } = useTranslation('registry');
  const client = useQueryClient();
  const mayManage = useCan('consent.manage');
  const [ending, setEnding] = useState(false);
  const [asking, setAsking] = useState(false);
  const permit = camera.permit;
  const stands = permit?.state === 'stands';
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['camera', camera.id] }),
      client.invalidateQueries({ queryKey: ['history', `/cameras/${camera.id}/history`] }),
    ]);
  const basis = permit?.basis === 'order' ? 'order' : 'consent';
  return (
    <Stack gap="sm" p={12}>
      <Alert
        p="sm"
        variant="light"
        color={stands ? 'accent' : 'red'}
        icon={stands ? <IconShieldCheck /> : <IconShieldOff />}
        title={t(stands ? `permit.stands_${basis}` : permit ? `permit.state_${permit.state}` : 'permit.none')}
      >
        <Text size="sm">{t(stands ? 'permit.stands_hint' : 'permit.none_hint')}</Text>
      </Alert>
      {permit && <PermitFacts permit={permit} />}
      {mayManage && (
        <Group gap={8}>
          {stands && permit && (
            <Button size="xs" color="red" variant="light" onClick={() => setEnding(true)}>
              {t(`permit.end_${basis}`)}
            </Button>
          )}
          {!stands && (
            <Button size="xs" onClick={() => setAsking(true)}>
              {t(camera.public ? 'permit.add_order' : 'permit.add_consent')}
            </Button>
          )}
        </Group>
      )}
      {permit && (
        <ReasonDialog
          opened={ending}
          danger
          title={t(`permit.end_${basis}`)}
          consequence={t(`permit.end_${basis}_consequence`)}
          confirm={t(`permit.end_${basis}`)}
          onClose={() => setEnding(false)}
          onConfirm={async (reason) => {
            const path =
              basis === 'order' ? `/orders/${permit.basis_id}/revoke` : `/consents/${permit.basis_id}/withdraw`;
            await api.post(path, { reason });
            await refresh();
          }}
        />
      )}
      {asking && !camera.public && (
        <ConsentForm cameraId={camera.id} onClose={() => setAsking(false)} onDone={refresh} />
      )}
      {asking && camera.public && <OrderForm camera={camera} onClose={() => setAsking(false)} onDone={refresh} />}
    </Stack>
  );
}

function PermitFacts({ permit }: { permit: Permit }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const hours = permit.scope.hours;
  const facts: [string, string][] = [
    ['basis', t(`permit.basis_${permit.basis}`)],
    ['title', permit.title],
    ['document', permit.document],
    ['reason', permit.reason],
    ['from', format.date(permit.from_ms)],
    ['to', permit.to_ms === null ? t('permit.until_withdrawn') : format.date(permit.to_ms)],
    ['live', permit.scope.on_request ? t('permit.live_on_request') : t(permit.scope.live ? 'yes' : 'no')],
    ['record', t(permit.scope.record ? 'yes' : 'no')],
    ['public_view_only', permit.scope.public_view_only ? t('permit.public_only') : ''],
    [
      'hours',
      hours.length === 0 ? t('permit.all_day') : hours.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', '),
    ],
  ];
  return (
    <dl className={classes.facts} style={{ padding: 0 }}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} className={classes.fact}>
            <dt>{t(`permit.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
