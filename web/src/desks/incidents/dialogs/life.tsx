import { Alert, List, Select, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/desks/works/FormModal';
import { useDraft, useFormat } from '@/kit';
import { ConflictNote } from '../ConflictNote';
import { EARLY_OUTCOMES, OUTCOMES } from '../types';
import { useWrite } from '../write';
import type { DialogProps } from './Dialogs';

export function Resolve({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const { values, change, reset } = useDraft(`incident.resolve.${incident.id}`, { outcome: 'handled', note: '' });
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      title={t('act.resolve')}
      submit={t('act.resolve')}
      onClose={onClose}
      onSend={async () => {
        await post('/resolve', { outcome: values.outcome, note: values.note.trim() });
        reset({ outcome: 'handled', note: '' });
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <OutcomeSelect value={values.outcome} all onChange={(outcome) => change({ outcome })} />
          <Textarea
            autosize
            required
            minRows={3}
            data-autofocus
            label={t('resolve.note')}
            description={t('resolve.note_hint')}
            maxLength={8000}
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

export function Close({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const resolved = incident.state === 'resolved';
  const first = { outcome: resolved ? '' : 'false_call', lessons: incident.lessons, reason: '' };
  const { values, change, reset } = useDraft(`incident.close.${incident.id}`, first);
  const { post, conflict } = useWrite(incident);
  const asksWhy = !resolved || incident.open_items.length > 0;
  return (
    <FormModal
      title={t('act.close')}
      submit={t('act.close')}
      onClose={onClose}
      onSend={async () => {
        await post('/close', {
          ...(values.outcome ? { outcome: values.outcome } : {}),
          lessons: values.lessons.trim(),
          reason: values.reason.trim(),
        });
        reset(first);
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          {!resolved && (
            <>
              <Text size="sm">{t('close.early')}</Text>
              <OutcomeSelect value={values.outcome} onChange={(outcome) => change({ outcome })} />
            </>
          )}
          {incident.open_items.length > 0 && (
            <Alert color="yellow" variant="outline" p="xs" title={t('close.open_items')}>
              <List size="sm">
                {incident.open_items.map((one, at) => (
                  <List.Item key={at}>{format.name(one)}</List.Item>
                ))}
              </List>
            </Alert>
          )}
          {asksWhy && (
            <Textarea
              autosize
              required
              label={t('close.reason')}
              maxLength={400}
              value={values.reason}
              error={errors.reason}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          )}
          <Textarea
            autosize
            minRows={3}
            label={t('field.lessons')}
            description={t('close.lessons_hint')}
            maxLength={8000}
            value={values.lessons}
            error={errors.lessons}
            onChange={(event) => change({ lessons: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

export function Reopen({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      askWhy
      title={t('act.reopen')}
      submit={t('act.reopen')}
      onClose={onClose}
      onSend={(reason) => post('/reopen', { reason })}
    >
      {() => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Text size="sm">{t('reopen.what')}</Text>
        </>
      )}
    </FormModal>
  );
}

function OutcomeSelect({
  value,
  all = false,
  onChange,
}: {
  value: string;
  all?: boolean;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('incidents');
  return (
    <Select
      allowDeselect={false}
      label={t('field.outcome')}
      data={(all ? OUTCOMES : EARLY_OUTCOMES).map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
      value={value}
      onChange={(next) => onChange(next ?? value)}
    />
  );
}
