import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import {
  ActionIcon,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  Tooltip,
} from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codedQuery } from '@/api/queries';
import { BilingualInput, useFormat } from '@/kit';
import { Condition, KIND_ICONS } from '../Preview';
import classes from '../procedures.module.css';
import type { Step } from '../types';
import { AutomaticFields, FormFields, Options } from './own';

interface Props {
  step: Step;
  earlier: Step[];
  open: boolean;
  onOpen: () => void;
  onChange: (part: Partial<Step>) => void;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
}

/** One step of a draft: a line, or its fields. */
export function StepEditor({ step, earlier, open, onOpen, onChange, onRemove, onMove }: Props) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: step.id });
  const Icon = KIND_ICONS[step.kind];
  const choosing = earlier.filter((one) => one.kind === 'choose');
  const asked = choosing.find((one) => one.id === step.only_if?.step);
  const name = format.name(step.title) || t('untitled');
  return (
    <li
      ref={setNodeRef}
      className={classes.editStep}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <div className={classes.editLine}>
        <button
          type="button"
          className={classes.grip}
          aria-label={t('editor.move', { step: name })}
          {...attributes}
          {...listeners}
        >
          <IconGripVertical size={15} />
        </button>
        <Icon size={15} aria-label={t(`kind.${step.kind}`)} />
        <button type="button" className={classes.editTitle} aria-expanded={open} onClick={onOpen}>
          {name}
          <Condition step={step} steps={earlier} />
        </button>
        {([-1, 1] as const).map((by) => (
          <Tooltip key={by} label={t(by < 0 ? 'editor.up' : 'editor.down')}>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={t(by < 0 ? 'editor.up' : 'editor.down')}
              onClick={() => onMove(by)}
            >
              {by < 0 ? <IconArrowUp size={14} /> : <IconArrowDown size={14} />}
            </ActionIcon>
          </Tooltip>
        ))}
        <Tooltip label={t('editor.remove')}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('editor.remove')} onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
      {open && (
        <Stack gap="xs" className={classes.editFields ?? ''}>
          <BilingualInput
            size="xs"
            label={t('field.title')}
            value={step.title as { en: string; hi: string }}
            onChange={(title) => onChange({ title })}
          />
          <SimpleGrid cols={2} spacing="sm">
            {(['hi', 'en'] as const).map((language) => (
              <Textarea
                key={language}
                autosize
                size="xs"
                lang={language}
                label={t(language === 'hi' ? 'field.help_hi' : 'field.help_en')}
                maxLength={1000}
                value={step.help[language] ?? ''}
                onChange={(event) => onChange({ help: { ...step.help, [language]: event.currentTarget.value } })}
              />
            ))}
          </SimpleGrid>
          {step.kind === 'choose' && <Options options={step.options} onChange={(options) => onChange({ options })} />}
          {step.kind === 'number' && (
            <>
              <BilingualInput
                size="xs"
                label={t('field.unit')}
                value={step.unit as { en: string; hi: string }}
                onChange={(unit) => onChange({ unit })}
              />
              <SimpleGrid cols={2} spacing="sm">
                {(['least', 'most'] as const).map((side) => (
                  <NumberInput
                    key={side}
                    size="xs"
                    label={t(`field.${side}`)}
                    value={step[side] ?? ''}
                    onChange={(next) => onChange({ [side]: next === '' ? null : Number(next) })}
                  />
                ))}
              </SimpleGrid>
            </>
          )}
          {step.kind === 'form' && <FormFields step={step} onChange={onChange} />}
          {step.kind === 'automatic' && <AutomaticFields step={step} onChange={onChange} />}
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            {step.kind === 'timer' && (
              <NumberInput
                size="xs"
                min={5}
                max={86_400}
                label={t('field.seconds')}
                value={step.seconds ?? ''}
                onChange={(next) => onChange({ seconds: next === '' ? null : Number(next) })}
              />
            )}
            <NumberInput
              size="xs"
              min={5}
              max={604_800}
              label={t('field.limit_s')}
              value={step.limit_s ?? ''}
              onChange={(next) => onChange({ limit_s: next === '' ? null : Number(next) })}
            />
            <Select
              size="xs"
              clearable
              label={t('field.agency')}
              data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={step.agency || null}
              onChange={(next) => onChange({ agency: next ?? '' })}
            />
          </SimpleGrid>
          <BilingualInput
            size="xs"
            label={t('field.post')}
            value={step.post as { en: string; hi: string }}
            onChange={(post) => onChange({ post })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              size="xs"
              clearable
              label={t('field.only_if')}
              placeholder={t('field.always')}
              data={choosing.map((one) => ({ value: one.id, label: format.name(one.title) || one.id }))}
              value={step.only_if?.step ?? null}
              onChange={(next) => onChange({ only_if: next ? { step: next, options: [] } : null })}
            />
            {asked && (
              <MultiSelect
                size="xs"
                label={t('field.answers')}
                data={asked.options.map((one) => ({ value: one.code, label: format.name(one.name) || one.code }))}
                value={step.only_if?.options ?? []}
                onChange={(options) => onChange({ only_if: { step: asked.id, options } })}
              />
            )}
          </SimpleGrid>
          <Switch
            size="xs"
            label={t('field.required')}
            checked={step.required}
            onChange={(event) => onChange({ required: event.currentTarget.checked })}
          />
        </Stack>
      )}
    </li>
  );
}
