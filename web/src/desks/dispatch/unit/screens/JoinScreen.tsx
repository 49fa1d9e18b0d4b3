import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import { EmptyState } from '@/kit';
import { StatusWord, UnitMark } from '../../Marks';
import { ask } from '../offline/store';
import type { CrewUnit, Day } from '../types';
import classes from '../unit.module.css';

/** Which unit this crew member is on board of for the shift. */
export function JoinScreen({ day }: { day: Day }) {
  const { t } = useTranslation('unit');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const join = async (unit: CrewUnit) => {
    setBusy(true);
    setFailure('');
    try {
      await ask('/unit/sign-on', { unit: unit.id });
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (day.units.length === 0) return <EmptyState title={t('join.none')} hint={t('join.none_hint')} />;
  return (
    <section className={classes.section}>
      <h2>{t('join.title')}</h2>
      {failure && (
        <Text c="var(--alarm)" size="sm" role="alert">
          {failure}
        </Text>
      )}
      <ul className={classes.units}>
        {day.units.map((unit) => (
          <li key={unit.id}>
            <button type="button" className={classes.join} disabled={busy} onClick={() => void join(unit)}>
              <UnitMark kind={unit.kind} status={unit.status} size={32} />
              <span>
                <b>{unit.call_sign}</b>
                <small>{unit.crew.map(({ name }) => name).join(', ') || t('join.empty')}</small>
              </span>
              <StatusWord status={unit.status} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
