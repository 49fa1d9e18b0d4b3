import { SimpleGrid, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { BilingualInput } from '@/kit';
import { FormModal } from './FormModal';
import { paiseOfCrore } from './money';
import { PlaceFields, useOwnPlace } from './PlaceFields';

/** A project: what was sanctioned as one. */
export function ProjectForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('works');
  const client = useQueryClient();
  const own = useOwnPlace();
  const [values, setValues] = useState({
    ...own,
    code: '',
    name: { en: '', hi: '' },
    sanction: '',
    crore: '',
    due_on: '',
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const send = async () => {
    const { crore, due_on, ...rest } = values;
    await api.post('/works/projects', {
      ...rest,
      sanctioned_paise: paiseOfCrore(crore) ?? 0,
      due_on: due_on || null,
    });
    await client.invalidateQueries({ queryKey: ['works'] });
  };
  return (
    <FormModal title={t('new_project')} submit={t('save')} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <TextInput
            label={t('fact.code')}
            description={t('form.code_hint')}
            required
            value={values.code}
            error={errors.code}
            onChange={(event) => change({ code: event.currentTarget.value.toLowerCase() })}
          />
          <BilingualInput
            label={t('fact.name')}
            required
            value={values.name}
            error={errors['name.en'] ?? errors.name}
            onChange={(name) => change({ name })}
          />
          <PlaceFields value={values} errors={errors} onChange={change} />
          <TextInput
            label={t('fact.sanction')}
            value={values.sanction}
            error={errors.sanction}
            onChange={(event) => change({ sanction: event.currentTarget.value })}
          />
          <SimpleGrid cols={2} spacing="sm">
            <TextInput
              label={t('form.crore', { what: t('fact.sanctioned') })}
              inputMode="decimal"
              value={values.crore}
              error={errors.sanctioned_paise}
              onChange={(event) => change({ crore: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('fact.due_on')}
              value={values.due_on}
              error={errors.due_on}
              onChange={(event) => change({ due_on: event.currentTarget.value })}
            />
          </SimpleGrid>
        </>
      )}
    </FormModal>
  );
}
