import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from '../reports.module.css';
import type { Agenda } from '../types';

const COLUMNS = [
  'target',
  'listed',
  'consented',
  'verified',
  'gap',
  'last_7_days',
  'needed_7_days',
  'down_24h',
] as const;

/** Where each department stands, who refused and why, what is overdue, what is down. */
export function AgendaView({ agenda, frozen }: { agenda: Agenda; frozen: boolean }) {
  const { t } = useTranslation(['reports', 'kit']);
  const format = useFormat();
  const shown = (value: number | null) => (value === null ? '–' : format.number(value));
  return (
    <section>
      <h2 className={classes.section}>{t('agenda.title')}</h2>
      <Text size="xs" c="dimmed" mb={6}>
        {t(frozen ? 'agenda.frozen' : 'agenda.live', { at: format.dateTime(agenda.as_of_ms) })}
      </Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('agenda.title')}>
        <table className={classes.figures}>
          <thead>
            <tr>
              <th scope="col">{t('department')}</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {t(`column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {agenda.departments.map((row) => (
              <tr key={row.code}>
                <td>{format.name(row.name)}</td>
                {COLUMNS.map((name) => (
                  <td key={name}>{shown(row[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('all')}</td>
              {COLUMNS.map((name) => (
                <td key={name}>{shown(agenda.totals[name])}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {agenda.refusals.length > 0 && (
        <Text size="sm" mt="sm">
          <b>{t('agenda.refusals')}:</b>{' '}
          {agenda.refusals.map((one) => `${format.name(one.reason)} ${format.number(one.premises)}`).join(' · ')}
        </Text>
      )}
      {agenda.down.count > 0 && (
        <Text size="sm" mt={4}>
          <b>{t('down', { number: format.number(agenda.down.count) })}:</b>{' '}
          {Object.entries(agenda.down.reasons)
            .map(
              ([code, count]) => `${code ? t(`kit:reason.${code}`, code) : t('never_proved')} ${format.number(count)}`,
            )
            .join(' · ')}
        </Text>
      )}
      {agenda.overdue_tasks.count > 0 && (
        <>
          <Text size="sm" mt={4}>
            <b>{t('agenda.overdue', { number: format.number(agenda.overdue_tasks.count) })}</b>
          </Text>
          {agenda.overdue_tasks.tasks.slice(0, 10).map((one, at) => (
            <Text key={at} size="sm">
              {format.name(one.title)} · {format.name(one.who)} ·{' '}
              {t('agenda.days_late', { count: one.days, number: format.number(one.days) })}
            </Text>
          ))}
        </>
      )}
    </section>
  );
}
