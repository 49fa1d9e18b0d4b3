import { Select, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { FormModal } from '@/desks/works/FormModal';
import { CAUSES } from './types';

/** Somebody sees to it: the cause as far as it is known, and a word about it. */
export function SeeTo({ episodes, title, onClose }: { episodes: string[]; title: string; onClose: () => void }) {
  const { t } = useTranslation('health');
  const client = useQueryClient();
  const [cause, setCause] = useState('');
  const [note, setNote] = useState('');
  return (
    <FormModal
      title={title}
      submit={t('see_to.submit')}
      onClose={onClose}
      onSend={async () => {
        await api.post('/camera-health/acknowledge', { episode_ids: episodes, cause, note });
        await client.invalidateQueries({ queryKey: ['health'] });
      }}
    >
      {(errors) => (
        <>
          <Select
            label={t('see_to.cause')}
            placeholder={t('cause.unknown')}
            clearable
            data={CAUSES.map((one) => ({ value: one, label: t(`cause.${one}`) }))}
            value={cause || null}
            error={errors.cause}
            onChange={(next) => setCause(next ?? '')}
          />
          <Textarea
            autosize
            label={t('see_to.note')}
            maxLength={400}
            value={note}
            error={errors.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}
