import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState, useFormat } from '@/kit';
import classes from '../field.module.css';
import type { StoredVisit } from '../offline/db';
import { discard, refresh, useField } from '../offline/store';

const ORDER = { attention: 0, decision: 1, waiting: 2, done: 3 };

/** Everything recorded today, and where it is. */
export function OutboxScreen() {
  const { t } = useTranslation('field');
  const { visits, person, busy } = useField();
  const [thrown, setThrown] = useState<StoredVisit | null>(null);
  const shown = visits.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || b.form.made_at_ms - a.form.made_at_ms);
  const others = visits.filter((visit) => visit.person_id !== person?.id && visit.state === 'waiting').length;
  return (
    <>
      <section className={classes.section}>
        <Group justify="space-between">
          <Title order={1} size="h4">
            {t('outbox.title')}
          </Title>
          <Button leftSection={<IconRefresh size={18} />} loading={busy} onClick={() => void refresh()}>
            {t('send_now')}
          </Button>
        </Group>
        {others > 0 && (
          <Text size="sm" mt="xs">
            {t('outbox.of_others', { count: others })}
          </Text>
        )}
      </section>
      {shown.length === 0 && <EmptyState icon={IconCircleCheck} title={t('outbox.none')} />}
      <ul className={classes.list}>
        {shown.map((visit) => (
          <li key={visit.id} className={classes.section} data-visit={visit.state}>
            <Visit visit={visit} onDiscard={() => setThrown(visit)} />
          </li>
        ))}
      </ul>
      <Modal opened={thrown !== null} onClose={() => setThrown(null)} title={t('outbox.discard_title')}>
        <Stack>
          <Text size="sm">{t('outbox.discard_hint')}</Text>
          <Button
            color="red"
            onClick={() => {
              if (thrown) void discard(thrown.id);
              setThrown(null);
            }}
          >
            {t('outbox.discard')}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}

function Visit({ visit, onDiscard }: { visit: StoredVisit; onDiscard: () => void }) {
  const { t } = useTranslation('field');
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text fw={600}>{format.name(visit.name)}</Text>
        <span className={classes.mark} data-kind={visit.state}>
          {t(`visit_state.${visit.state}`)}
        </span>
      </Group>
      <Text size="sm" c="dimmed">
        {format.when(visit.form.made_at_ms)} · {t(`outcome.${visit.form.outcome}`)}
      </Text>
      {visit.message && visit.state !== 'done' && <Text size="sm">{format.name(visit.message)}</Text>}
      {visit.state === 'attention' && (
        <Group gap={8}>
          <Button component={Link} to={`/field/outbox/${visit.id}`} variant="default">
            {t('outbox.mend')}
          </Button>
          <Button variant="subtle" color="red" onClick={onDiscard}>
            {t('outbox.discard')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
