import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { EmptyState } from '@/kit';
import { useField } from '../offline/store';
import { subjects } from '../subject';
import type { Outcome } from '../types';
import { VisitFormView } from './VisitFormView';

/** A visit to record, or one that the centre sent back to be mended. */
export function VisitScreen() {
  const { t } = useTranslation('field');
  const { id, outcome, visitId } = useParams();
  const { day, visits } = useField();
  const mended = visits.find((visit) => visit.id === visitId && visit.state === 'attention');
  const wanted = mended ? (mended.form.premises_id ?? mended.form.place?.id) : id;
  const subject = subjects(day, visits).find((one) => one.id === wanted);
  if (mended)
    return (
      <VisitFormView
        key={mended.id}
        name={mended.name}
        premises={subject?.premises}
        place={mended.form.place ?? undefined}
        outcome={mended.form.outcome}
        mended={mended}
      />
    );
  if (!subject) return <EmptyState title={t('premises.gone')} hint={t('premises.gone_hint')} />;
  return (
    <VisitFormView
      key={`${subject.id} ${outcome}`}
      name={subject.name}
      premises={subject.premises}
      place={subject.place}
      outcome={outcome as Outcome}
    />
  );
}
