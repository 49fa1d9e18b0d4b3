import { Alert, Text, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/desks/works/FormModal';
import { useFormat } from '@/kit';
import type { Dispatch, Hindered } from './writes';

interface Props {
  hindered: Hindered;
  send: Dispatch['send'];
  onClose: () => void;
}

/** The unit is at work, or somebody has taken it in this moment: what it does now, and why it is to go all the same. */
export function AnywayDialog({ hindered: { incident, seen, unit, why }, send, onClose }: Props) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const [reason, setReason] = useState('');
  const free = unit.status === 'available';
  // Somebody was quicker once more: what they did stands in the dialog's place then.
  const refused = useRef(false);
  return (
    <FormModal
      title={t('anyway.title', { unit: unit.call_sign, number: incident.number })}
      submit={t(free ? 'anyway.send' : 'anyway.send_all_the_same')}
      onClose={() => {
        if (!refused.current) onClose();
        refused.current = false;
      }}
      onSend={async () => {
        refused.current = !(await send(incident, unit, { anyway: reason.trim() }));
      }}
    >
      {(errors) => (
        <>
          {why === 'changed' && (
            <Alert color="yellow" variant="outline" p="xs" role="alert">
              {t('anyway.changed')} {t('anyway.seen', { unit: seen.call_sign, status: t(`status.${seen.status}`) })}
            </Alert>
          )}
          <Text size="sm">
            {t('anyway.now', { unit: unit.call_sign, status: t(`status.${unit.status}`) })}{' '}
            {unit.active
              .map((one) => `${one.incident.number} ${one.incident.title || format.name(one.incident.kind.name)}`)
              .join('; ')}
          </Text>
          {!free && (
            <Textarea
              autosize
              required
              data-autofocus
              minRows={2}
              maxLength={400}
              label={t('anyway.why')}
              description={t('anyway.why_hint')}
              value={reason}
              error={errors.anyway}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </>
      )}
    </FormModal>
  );
}
