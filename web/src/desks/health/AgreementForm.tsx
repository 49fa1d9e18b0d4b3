import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { FormModal } from '@/desks/works/FormModal';
import { PlaceFields, useOwnPlace } from '@/desks/works/PlaceFields';
import { useFormat } from '@/kit';
import { LINKS } from './types';

const NUMBERS = [
  'uptime_pct',
  'response_minutes',
  'repair_minutes',
  'monthly_fee_inr',
  'late_pct_each',
  'most_pct',
] as const;
const START: Record<(typeof NUMBERS)[number], number> = {
  uptime_pct: 99, response_minutes: 60, repair_minutes: 480, monthly_fee_inr: 0, late_pct_each: 0, most_pct: 10,
}; // prettier-ignore

/** "98:2, 95:5" as steps: below so many percent, a penalty of so many. Null: not readable. */
export function stepsOf(text: string): { below_pct: number; penalty_pct: number }[] | null {
  const parts = text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
  const steps = parts.map((one) => /^(\d+(?:\.\d+)?)\s*:\s*(\d+(?:\.\d+)?)$/.exec(one));
  return steps.some((one) => one === null)
    ? null
    : steps.map((one) => ({ below_pct: Number(one?.[1]), penalty_pct: Number(one?.[2]) }));
}

/** A service level as the contract says it. */
export function AgreementForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const client = useQueryClient();
  const [place, setPlace] = useState(useOwnPlace());
  const [words, setWords] = useState({ provider: '', reference: '', make: '', valid_from: '', steps: '' });
  const [numbers, setNumbers] = useState(START);
  const [ownerClass, setOwnerClass] = useState('');
  const [link, setLink] = useState('');
  const ownerClasses = useQuery(codedQuery('owner-classes')).data ?? [];
  const steps = stepsOf(words.steps);
  const say = (name: keyof typeof words) => (value: string) => setWords((before) => ({ ...before, [name]: value }));
  return (
    <FormModal
      title={t('level.make')}
      submit={t('level.submit')}
      askWhy
      busy={steps === null}
      onClose={onClose}
      onSend={async (reason) => {
        await api.post('/service-agreements', {
          ...words,
          ...numbers,
          ...place,
          owner_class: ownerClass,
          link_type: link,
          steps: steps ?? [],
          reason,
        });
        await client.invalidateQueries({ queryKey: ['health', 'agreements'] });
      }}
    >
      {(errors) => (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              required
              label={t('field.provider')}
              value={words.provider}
              error={errors.provider}
              onChange={(event) => say('provider')(event.currentTarget.value)}
            />
            <TextInput
              required
              label={t('field.reference')}
              value={words.reference}
              error={errors.reference}
              onChange={(event) => say('reference')(event.currentTarget.value)}
            />
          </SimpleGrid>
          <PlaceFields
            value={place}
            errors={errors}
            onChange={(part) => setPlace((before) => ({ ...before, ...part }))}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              clearable
              searchable
              label={t('filter.owner_class')}
              placeholder={t('filter.all')}
              data={ownerClasses.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={ownerClass || null}
              error={errors.owner_class}
              onChange={(next) => setOwnerClass(next ?? '')}
            />
            <TextInput
              label={t('by.make')}
              value={words.make}
              error={errors.make}
              onChange={(event) => say('make')(event.currentTarget.value)}
            />
            <Select
              clearable
              label={t('by.link')}
              placeholder={t('filter.all')}
              data={LINKS.map((one) => ({ value: one, label: t(`link.${one}`) }))}
              value={link || null}
              error={errors.link_type}
              onChange={(next) => setLink(next ?? '')}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            {NUMBERS.map((name) => (
              <NumberInput
                key={name}
                required
                min={0}
                label={t(`field.${name}`)}
                value={numbers[name]}
                error={errors[name]}
                onChange={(value) => setNumbers((before) => ({ ...before, [name]: Number(value) || 0 }))}
              />
            ))}
          </SimpleGrid>
          <TextInput
            label={t('field.steps')}
            description={t('field.steps_hint')}
            value={words.steps}
            error={errors.steps ?? (steps === null ? t('field.steps_wrong') : undefined)}
            onChange={(event) => say('steps')(event.currentTarget.value)}
          />
          <TextInput
            required
            type="date"
            label={t('field.valid_from')}
            value={words.valid_from}
            error={errors.valid_from}
            onChange={(event) => say('valid_from')(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}
