import { Button, NumberInput, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codedQuery } from '@/api/queries';
import { remaining } from '@/desks/incidents/clock';
import { useFormat } from '@/kit';
import classes from './procedures.module.css';
import { automaticQuery } from './queries';
import type { Field, Step } from './types';

export type Answer = string | number | Record<string, string | number> | null;

/** What helps whoever does the step: how, who, within what time, what is done by itself. */
export function StepFacts({ step }: { step: Step }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const actions = useQuery({ ...automaticQuery, enabled: step.kind === 'automatic' }).data ?? [];
  const does = actions.find((one) => one.code === step.automatic?.code);
  const facts = [
    format.name(agencies.find((one) => one.code === step.agency)?.name),
    format.name(step.post),
    step.limit_s !== null && t('within', { length: remaining(step.limit_s * 1000) }),
    step.kind === 'timer' && step.seconds !== null && t('timer.of', { length: remaining(step.seconds * 1000) }),
    does && t('automatic.does', { what: format.name(does.name) }),
  ].filter(Boolean);
  return (
    <>
      {format.name(step.help) && <p className={classes.help}>{format.name(step.help)}</p>}
      {facts.length > 0 && <p className={classes.faint}>{facts.join(' · ')}</p>}
    </>
  );
}

interface InputProps {
  step: Step;
  value: Answer;
  errors: Record<string, string>;
  onChange: (value: Answer) => void;
  /** An answer by one press. */
  onChosen: (value: Answer) => void;
}

/** Where the answer is given; nothing for a step that is only ticked. */
export function StepInput({ step, value, errors, onChange, onChosen }: InputProps) {
  const format = useFormat();
  switch (step.kind) {
    case 'choose':
      return (
        <div className={classes.options}>
          {step.options.map((one) => (
            <Button key={one.code} size="compact-sm" variant="default" onClick={() => onChosen(one.code)}>
              {format.name(one.name)}
            </Button>
          ))}
          {errors.value && <p className={classes.problem}>{errors.value}</p>}
        </div>
      );
    case 'text':
      return (
        <Textarea
          autosize
          minRows={2}
          size="xs"
          aria-label={format.name(step.title)}
          maxLength={4000}
          value={typeof value === 'string' ? value : ''}
          error={errors.value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          size="xs"
          w={180}
          aria-label={format.name(step.title)}
          suffix={format.name(step.unit) ? ` ${format.name(step.unit)}` : ''}
          value={typeof value === 'number' ? value : ''}
          error={errors.value}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'form': {
      const given = typeof value === 'object' && value !== null ? value : {};
      return (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} verticalSpacing={8}>
          {(step.fields as Field[]).map((field) => (
            <FieldInput
              key={field.code}
              field={field}
              value={given[field.code]}
              error={errors[`value.${field.code}`]}
              onChange={(next) => {
                const others = Object.entries(given).filter(([code]) => code !== field.code);
                const filled = next === null || next === '' ? [] : [[field.code, next] as const];
                onChange(Object.fromEntries([...others, ...filled]));
              }}
            />
          ))}
        </SimpleGrid>
      );
    }
    default:
      return null;
  }
}

interface FieldProps {
  field: Field;
  value: string | number | undefined;
  error: string | undefined;
  onChange: (value: string | number | null) => void;
}

function FieldInput({ field, value, error, onChange }: FieldProps) {
  const format = useFormat();
  const common = { size: 'xs', label: format.name(field.name), required: field.required, error } as const;
  switch (field.kind) {
    case 'choose':
      return (
        <Select
          {...common}
          clearable
          data={field.options.map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'number':
      return (
        <NumberInput {...common} value={value ?? ''} onChange={(next) => onChange(next === '' ? null : Number(next))} />
      );
    default:
      return (
        <TextInput
          {...common}
          type={field.kind === 'phone' ? 'tel' : field.kind === 'time' ? 'time' : 'text'}
          value={value ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** An answer as it is read. */
export function useAnswer() {
  const format = useFormat();
  return (step: Step, value: unknown): string => {
    if (value === null || value === undefined) return '';
    const chosen = (options: Step['options'], code: unknown) =>
      format.name(options.find((one) => one.code === code)?.name) || String(code);
    switch (step.kind) {
      case 'choose':
        return chosen(step.options, value);
      case 'number':
        return `${format.number(Number(value), 2)} ${format.name(step.unit)}`.trim();
      case 'form': {
        const given = value as Record<string, unknown>;
        return (step.fields as Field[])
          .filter((field) => field.code in given)
          .map((field) => {
            const one = given[field.code];
            return `${format.name(field.name)}: ${field.kind === 'choose' ? chosen(field.options, one) : String(one)}`;
          })
          .join('; ');
      }
      default:
        return String(value);
    }
  };
}
