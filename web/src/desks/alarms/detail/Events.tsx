import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import type { AlarmDetail } from '../types';
import classes from './detail.module.css';

const HIDDEN = new Set(['kind', 'external_id', 'lat', 'lon', 'camera_id', 'source', 'said_ms']);

/** The first events that made it, as they came. */
export function Events({ events, count }: { events: AlarmDetail['events']; count: number }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  if (events.length === 0) return <p className={classes.facts}>{t('no_events')}</p>;
  return (
    <>
      <ol className={classes.events}>
        {events.map((event) => (
          <li key={event.id}>
            <time className={classes.facts}>{format.when(event.time_ms)}</time>
            <span>{t(`types.${event.type.replaceAll('.', '_')}`, { defaultValue: event.type })}</span>
            <span className={classes.facts}>{factsOf(event.data)}</span>
          </li>
        ))}
      </ol>
      {count > events.length && (
        <p className={classes.facts}>
          {t('first_events', { shown: format.number(events.length), number: format.number(count) })}
        </p>
      )}
    </>
  );
}

/** What a source told, as it told it. */
function factsOf(data: Record<string, unknown>): string {
  return Object.entries(data)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== '' && value !== null)
    .map(([name, value]) => (name === 'text' ? String(value) : `${name}: ${plain(value)}`))
    .join(' · ');
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, inner]) => `${name} ${String(inner)}`)
        .join(', ')
    : String(value);
}
