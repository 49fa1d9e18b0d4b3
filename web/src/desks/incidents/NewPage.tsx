import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigationType, useSearchParams } from 'react-router';
import { LoadingRows, newId, Page, useDraft } from '@/kit';
import { NewForm } from './NewForm';
import { useOpening } from './opening';

/** A new incident. From alarms, chosen a moment ago on their page, it is opened at once and led on. */
export function Component() {
  const { t } = useTranslation('incidents');
  const [search] = useSearchParams();
  const alarms = search.getAll('alarm');
  const byClick = useNavigationType() === 'PUSH';
  return (
    <Page title={t('new.title')} note={alarms.length > 0 ? t('new.from_alarms', { count: alarms.length }) : undefined}>
      {alarms.length > 0 && byClick ? <AtOnce alarms={alarms} /> : <NewForm alarms={alarms} />}
    </Page>
  );
}

/** The click was made on the alarm: nothing more is asked. The key stays the same over a reload. */
function AtOnce({ alarms }: { alarms: string[] }) {
  const name = alarms.join(' ');
  const { values } = useDraft(`incident.of.${name}`, { key: newId() });
  const { open, failure } = useOpening();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void open({ key: values.key, alarms, take: true });
  }, [alarms, open, values.key]);
  if (!failure) return <LoadingRows rows={6} />;
  return <NewForm alarms={alarms} refused={failure} />;
}
