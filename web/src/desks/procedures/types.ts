/** Shapes of the procedures desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type Step = Required<Schemas['StepBody']>;
export type Option = Schemas['OptionBody'];
export type Field = Required<Schemas['FieldBody']>;
export type Problem = Schemas['StepProblem'];
export type ProcedureRow = Schemas['ProcedureRow'];
export type Procedure = Schemas['ProcedureDetail'];
export type Version = Schemas['ProcedureVersionOut'];
export type Automatic = Schemas['AutomaticRow'];
export type RunStep = Omit<Schemas['RunStepOut'], 'step'> & { step: Step };
export type Run = Omit<Schemas['RunOut'], 'steps'> & { steps: RunStep[] };
export type Kind = Step['kind'];

export const KINDS: Kind[] = ['confirm', 'choose', 'text', 'number', 'form', 'timer', 'automatic'];
export const FIELD_KINDS: Field['kind'][] = ['text', 'number', 'choose', 'phone', 'time'];

/** A step as the editor begins one. */
export function newStep(kind: Kind, taken: readonly string[]): Step {
  let number = taken.length + 1;
  while (taken.includes(`step-${number}`)) number += 1;
  return {
    id: `step-${number}`,
    kind,
    title: { en: '', hi: '' },
    help: { en: '', hi: '' },
    required: true,
    agency: '',
    post: { en: '', hi: '' },
    limit_s: null,
    only_if: null,
    options:
      kind === 'choose'
        ? [
            { code: 'yes', name: { en: 'Yes', hi: 'हाँ' } },
            { code: 'no', name: { en: 'No', hi: 'नहीं' } },
          ]
        : [],
    unit: { en: '', hi: '' },
    least: null,
    most: null,
    fields:
      kind === 'form'
        ? [{ code: 'field-1', name: { en: '', hi: '' }, kind: 'text', required: false, options: [] }]
        : [],
    seconds: kind === 'timer' ? 300 : null,
    automatic: null,
  };
}
