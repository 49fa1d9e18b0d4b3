import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Failure } from '../parts/Failure';
import { today } from '../parts/words';
import type { Rule } from '../types';
import { useSend } from '../useSend';
import { editText, typedValue } from './value';

/** A new value from a day on, and the order that says so. */
export function RuleForm({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const { t } = useTranslation('programme');
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const [value, setValue] = useState(editText(rule.value));
  const [from, setFrom] = useState(today());
  const [source, setSource] = useState('');
  const submit = () =>
    send(async () => {
      await api.post('/rules', {
        code: rule.code,
        value: typedValue(value, rule.value ?? rule.default),
        valid_from: from,
        source: source.trim(),
      });
      await client.invalidateQueries({ queryKey: ['programme', 'rules'] });
      onClose();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('rule.new_value')}
          description={t('rule.value_hint')}
          value={value}
          error={errors.value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('rule.valid_from')}
          required
          value={from}
          error={errors.valid_from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label={t('rule.source')}
          description={t('rule.source_hint')}
          required
          value={source}
          error={errors.source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <Failure>{failure}</Failure>
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={source.trim().length < 3}>
            {t('rule.set')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
