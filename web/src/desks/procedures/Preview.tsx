import {
  IconCircle,
  IconHourglass,
  IconListDetails,
  IconPencil,
  IconRobot,
  IconHash,
  IconArrowsSplit,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from './procedures.module.css';
import { StepFacts, StepInput } from './StepView';
import type { Kind, Step } from './types';

export const KIND_ICONS: Record<Kind, Icon> = {
  confirm: IconCircle,
  choose: IconArrowsSplit,
  text: IconPencil,
  number: IconHash,
  form: IconListDetails,
  timer: IconHourglass,
  automatic: IconRobot,
};
const nothing = () => undefined;

/** Steps as operators will see them, none done. */
export function Preview({ steps }: { steps: Step[] }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  return (
    <ol className={classes.steps}>
      {steps.map((step) => {
        const Icon = KIND_ICONS[step.kind];
        return (
          <li key={step.id} className={classes.step} data-state="open" data-branch={step.only_if ? true : undefined}>
            <Icon size={16} className={classes.stepIcon} aria-label={t(`kind.${step.kind}`)} />
            <div>
              <span className={classes.stepTitle}>
                {format.name(step.title) || t('untitled')}
                {!step.required && <span className={classes.faint}> · {t('optional')}</span>}
              </span>
              <Condition step={step} steps={steps} />
              <div className={classes.open} inert>
                <StepFacts step={step} />
                <StepInput step={step} value={null} errors={{}} onChange={nothing} onChosen={nothing} />
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** "If Somebody hurt?: Yes" */
export function Condition({ step, steps }: { step: Step; steps: Step[] }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  if (!step.only_if) return null;
  const before = steps.find((one) => one.id === step.only_if?.step);
  const answers = (step.only_if.options ?? []).map(
    (code) => format.name(before?.options.find((one) => one.code === code)?.name) || code,
  );
  return (
    <div className={classes.faint}>
      {t('only_if', { step: format.name(before?.title), answers: answers.join(` ${t('or')} `) })}
    </div>
  );
}
