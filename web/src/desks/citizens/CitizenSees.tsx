import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '@/i18n';
import { formatDateTime } from '@/kit/format';
import classes from './citizens.module.css';
import type { Report } from './types';

type Seen = Pick<Report, 'number' | 'kind' | 'created_ms' | 'state' | 'answer'>;

/** The report as it stands on the citizen's page, in the words of that page and both its languages. */
export function CitizenSees({ report }: { report: Seen }) {
  const { t } = useTranslation('citizens');
  return (
    <figure className={classes.sees}>
      <figcaption className={classes.facts}>{t('answer.sees')}</figcaption>
      {LANGUAGES.map((language) => (
        <p key={language} lang={language}>
          <b>
            {report.number} · {report.kind[language]}
          </b>
          <br />
          {formatDateTime(report.created_ms, { language, numerals: 'latn' }).replace(/:\d\d$/, '')} ·{' '}
          {t(`owners:page.report.state.${report.state}`, { lng: language })}
        </p>
      ))}
      {report.answer && <p className={classes.sentence}>{report.answer}</p>}
    </figure>
  );
}
