import { ActionIcon, Button, Checkbox, Group, Select, Stack, Switch, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BilingualInput, useFormat } from '@/kit';
import classes from '../procedures.module.css';
import { automaticQuery } from '../queries';
import { FIELD_KINDS, type Field, type Option, type Step } from '../types';

interface StepProps {
  step: Step;
  onChange: (part: Partial<Step>) => void;
}

/** A code that none of the others has. */
function freeCode(begins: string, taken: string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${begins}-${number}`)) number += 1;
  return `${begins}-${number}`;
}

export function Options({ options, onChange }: { options: Option[]; onChange: (options: Option[]) => void }) {
  const { t } = useTranslation('procedures');
  return (
    <Stack gap={6}>
      {options.map((one, at) => (
        <div key={one.code} className={classes.pairRow}>
          <BilingualInput
            size="xs"
            label={t('field.answer', { number: at + 1 })}
            value={one.name as { en: string; hi: string }}
            onChange={(name) => onChange(options.map((other, place) => (place === at ? { ...other, name } : other)))}
          />
          <Remove onClick={() => onChange(options.filter((_, place) => place !== at))} />
        </div>
      ))}
      <Add
        label={t('editor.add_answer')}
        onClick={() =>
          onChange([
            ...options,
            {
              code: freeCode(
                'answer',
                options.map((one) => one.code),
              ),
              name: { en: '', hi: '' },
            },
          ])
        }
      />
    </Stack>
  );
}

export function FormFields({ step, onChange }: StepProps) {
  const { t } = useTranslation('procedures');
  const fields = step.fields as Field[];
  const set = (at: number, part: Partial<Field>) =>
    onChange({ fields: fields.map((one, place) => (place === at ? { ...one, ...part } : one)) });
  return (
    <Stack gap={6}>
      {fields.map((one, at) => (
        <div key={one.code} className={classes.pairRow}>
          <Stack gap={4}>
            <BilingualInput
              size="xs"
              label={t('field.field', { number: at + 1 })}
              value={one.name as { en: string; hi: string }}
              onChange={(name) => set(at, { name })}
            />
            <Group gap={12}>
              <Select
                size="xs"
                w={150}
                allowDeselect={false}
                aria-label={t('field.field_kind')}
                data={FIELD_KINDS.map((kind) => ({ value: kind, label: t(`field_kind.${kind}`) }))}
                value={one.kind}
                onChange={(next) => set(at, { kind: (next ?? 'text') as Field['kind'] })}
              />
              <Checkbox
                size="xs"
                label={t('field.required')}
                checked={one.required}
                onChange={(event) => set(at, { required: event.currentTarget.checked })}
              />
            </Group>
            {one.kind === 'choose' && <Options options={one.options} onChange={(options) => set(at, { options })} />}
          </Stack>
          <Remove onClick={() => onChange({ fields: fields.filter((_, place) => place !== at) })} />
        </div>
      ))}
      <Add
        label={t('editor.add_field')}
        onClick={() =>
          onChange({
            fields: [
              ...fields,
              {
                code: freeCode(
                  'field',
                  fields.map((one) => one.code),
                ),
                name: { en: '', hi: '' },
                kind: 'text',
                required: false,
                options: [],
              },
            ],
          })
        }
      />
    </Stack>
  );
}

export function AutomaticFields({ step, onChange }: StepProps) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const actions = useQuery(automaticQuery).data ?? [];
  const call = step.automatic;
  const chosen = actions.find((one) => one.code === call?.code);
  const values = call?.values ?? {};
  const set = (code: string, value: string) =>
    call && onChange({ automatic: { ...call, values: { ...values, [code]: value } } });
  return (
    <Stack gap={6}>
      <Select
        size="xs"
        allowDeselect={false}
        label={t('field.automatic')}
        description={chosen && !chosen.available ? t('automatic.not_here') : undefined}
        data={actions.map((one) => ({ value: one.code, label: format.name(one.name) }))}
        value={call?.code ?? null}
        onChange={(next) => next && onChange({ automatic: { code: next, values: {}, at_once: call?.at_once ?? true } })}
      />
      {chosen?.fields.map((field) =>
        field.options.length > 0 ? (
          <Select
            key={field.code}
            size="xs"
            required={field.required}
            label={format.name(field.name)}
            data={field.options.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={typeof values[field.code] === 'string' ? (values[field.code] as string) : null}
            onChange={(next) => set(field.code, next ?? '')}
          />
        ) : (
          <TextInput
            key={field.code}
            size="xs"
            required={field.required}
            label={format.name(field.name)}
            value={String(values[field.code] ?? '')}
            onChange={(event) => set(field.code, event.currentTarget.value)}
          />
        ),
      )}
      {call && (
        <Switch
          size="xs"
          label={t('field.at_once')}
          checked={call.at_once ?? true}
          onChange={(event) => onChange({ automatic: { ...call, at_once: event.currentTarget.checked } })}
        />
      )}
    </Stack>
  );
}

function Remove({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('procedures');
  return (
    <Tooltip label={t('editor.remove')}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('editor.remove')} onClick={onClick}>
        <IconTrash size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Group>
      <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={12} />} onClick={onClick}>
        {label}
      </Button>
    </Group>
  );
}
