import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ReasonDialog, useFormat } from '@/kit';
import classes from './DeviceCard.module.css';

/** The device's relay outputs. Devices do not tell how they stand: both orders are offered, each with a reason. */
export function RelayList({ cameraId, relays }: { cameraId: string; relays: string[] }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const [asked, setAsked] = useState<{ relay: string; number: string; active: boolean } | null>(null);
  const [done, setDone] = useState('');
  const word = (active: boolean) => t(active ? 'relay.on' : 'relay.off');
  return (
    <section aria-label={t('relay.title')} className={classes.adjust}>
      <h3>{t('relay.title')}</h3>
      <ul>
        {relays.map((relay, at) => {
          const number = format.number(at + 1);
          return (
            <li key={relay}>
              <span>
                {t('relay.one', { number })} <span lang="en">({relay})</span>
              </span>
              <Group gap={6} wrap="nowrap">
                {[true, false].map((active) => (
                  <Button
                    key={String(active)}
                    size="compact-sm"
                    variant="default"
                    onClick={() => setAsked({ relay, number, active })}
                  >
                    {word(active)}
                  </Button>
                ))}
              </Group>
            </li>
          );
        })}
      </ul>
      <p className={classes.none} role="status">
        {done}
      </p>
      <ReasonDialog
        opened={asked !== null}
        title={asked ? t('relay.why', { number: asked.number, order: word(asked.active) }) : ''}
        consequence={t('relay.consequence')}
        confirm={asked ? word(asked.active) : ''}
        danger
        onClose={() => setAsked(null)}
        onConfirm={async (reason) => {
          if (!asked) return;
          const { relay, number, active } = asked;
          await api.post(`/cameras/${cameraId}/relay-switches`, { relay, active, reason });
          setDone(t('relay.done', { number, order: word(active) }));
        }}
      />
    </section>
  );
}
