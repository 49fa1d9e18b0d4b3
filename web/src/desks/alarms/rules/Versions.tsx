import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import type { RuleBody, RuleDetail } from '../types';
import { filled } from './body';
import classes from './rules.module.css';
import { Sentences } from './Sentences';

/** What it said before, by whom and why; any of them may be taken into the form again. */
export function Versions({ detail, onTake }: { detail: RuleDetail; onTake: (body: RuleBody) => void }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  return (
    <section>
      <h2 className={classes.heading}>{t('rules.versions')}</h2>
      {detail.versions.map((version) => (
        <details key={version.number} className={classes.version}>
          <summary>
            <b>{t('rules.version', { number: format.number(version.number) })}</b>{' '}
            {version.number === detail.rule.in_force && (
              <span className={classes.state} data-state="on">
                {t('rules.in_force')}
              </span>
            )}{' '}
            <span className={classes.week}>
              {[format.when(version.at_ms), version.by, version.reason].filter(Boolean).join(' · ')}
            </span>
          </summary>
          <Sentences body={filled(version.body)} quiet />
          {detail.rule.may_edit && version.number !== detail.rule.latest && (
            <Button size="compact-xs" variant="default" onClick={() => onTake(filled(version.body))}>
              {t('rules.take_again')}
            </Button>
          )}
        </details>
      ))}
    </section>
  );
}
