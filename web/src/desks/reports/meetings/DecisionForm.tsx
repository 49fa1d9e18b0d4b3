import { Button, Group, Paper, Select, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { codedQuery } from '@/api/queries';
import { BilingualInput, useFormat } from '@/kit';
import { DateField } from '@/media';
import type { Decision } from '../types';

export interface DecisionValues {
  text: { en: string; hi: string };
  department: string | null;
  owner: { en: string; hi: string };
  due_on: string | null;
}

interface Props {
  decision?: Decision;
  onCancel: () => void;
  onSave: (form: DecisionValues) => Promise<void>;
}

/** A decision in its place in the list; stays open with what was typed until it is saved. */
export function DecisionForm({ decision, onCancel, onSave }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const [busy, setBusy] = useState(false);
  const [empty, setEmpty] = useState(false);
  const [values, setValues] = useState<DecisionValues>({
    text: decision?.text ?? { en: '', hi: '' },
    department: decision?.department ?? null,
    owner: decision?.owner ?? { en: '', hi: '' },
    due_on: decision?.due_on ?? null,
  });
  const change = (part: Partial<DecisionValues>) => setValues((now) => ({ ...now, ...part }));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!values.text.hi.trim() && !values.text.en.trim()) {
      setEmpty(true);
      return;
    }
    setBusy(true);
    await onSave(values);
    setBusy(false);
  };
  return (
    <Paper withBorder p="sm" my="xs">
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="xs">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {(['hi', 'en'] as const).map((language) => (
              <Textarea
                key={language}
                lang={language}
                autosize
                minRows={2}
                maxLength={4000}
                label={t(language === 'hi' ? 'kit:in_hindi' : 'kit:in_english', { label: t('decision.text') })}
                value={values.text[language]}
                error={language === 'hi' && empty ? t('decision.text_needed') : undefined}
                onChange={(event) => change({ text: { ...values.text, [language]: event.currentTarget.value } })}
              />
            ))}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <Select
              label={t('decision.department')}
              searchable
              clearable
              data={departments.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.department}
              onChange={(code) => {
                const chosen = departments.find((one) => one.code === code);
                change({ department: code, ...(chosen ? { owner: chosen.name } : {}) });
              }}
            />
            <DateField
              label={t('decision.due_on')}
              value={values.due_on ?? ''}
              onChange={(day) => change({ due_on: day || null })}
            />
          </SimpleGrid>
          <BilingualInput label={t('decision.owner')} value={values.owner} onChange={(owner) => change({ owner })} />
          <Group justify="flex-end" gap={8}>
            <Button size="xs" variant="default" onClick={onCancel}>
              {t('kit:cancel')}
            </Button>
            <Button size="xs" type="submit" loading={busy}>
              {t('decision.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
