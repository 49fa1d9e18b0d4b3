import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { differences } from './difference';
import classes from './incidents.module.css';
import type { Conflict } from './write';

/** Both versions: what somebody else has changed meanwhile, beside what the reader has typed and still holds. */
export function ConflictNote({ conflict, withForm = true }: { conflict: Conflict; withForm?: boolean }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const rows = differences(conflict.seen, conflict.present, {
    name: format.name,
    word: (group, value) => t(`${group}.${value}`),
    moment: format.dateTime,
  });
  return (
    <Alert color="yellow" variant="outline" p="xs" title={t('conflict.title')} role="alert">
      <dl className={classes.differences}>
        {rows.map(([field, before, after]) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>
              <s>{before || '–'}</s> → <b>{after || '–'}</b>
            </dd>
          </div>
        ))}
      </dl>
      {withForm && t(rows.length > 0 ? 'conflict.yours_kept' : 'conflict.only_version')}
    </Alert>
  );
}
