import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit/useFormat';
import { NO_DATA, type Step } from './scale';
import classes from './charts.module.css';

interface Props {
  title: string;
  steps: readonly Step[];
  scheme: 'light' | 'dark';
  /** Digits after the point. */
  digits?: number;
}

/** What the fills of a map mean. */
export function ScaleLegend({ title, steps, scheme, digits = 1 }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  return (
    <div className={classes.legend}>
      <span className={classes.legendTitle}>{title}</span>
      <ul>
        {steps.map((step, index) => {
          const next = steps[index + 1];
          const from = format.number(step.from, digits);
          return (
            <li key={step.from}>
              <i style={{ background: step.colour }} aria-hidden />
              {next ? t('from_to', { from, to: format.number(next.from, digits) }) : t('from_on', { from })}
            </li>
          );
        })}
        <li>
          <i style={{ background: NO_DATA[scheme] }} data-nothing aria-hidden />
          {t('no_data')}
        </li>
      </ul>
    </div>
  );
}
