import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codedQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import type { AlarmDetail } from '../types';
import classes from './detail.module.css';

type Notice = AlarmDetail['notices'][number];
type Entry = { at_ms: number; key: string; what: string; who: string; more: string };

/** What was done and who was told, newest first. */
export function History({ detail }: { detail: AlarmDetail }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const roles = useQuery(codedQuery('roles')).data ?? [];
  const whom = (notice: Notice) =>
    notice.to === 'role'
      ? format.name(roles.find((role) => role.code === notice.code)?.name) || notice.code
      : t(`told_to.${notice.to}`, { code: notice.code });
  const told = detail.notices.map<Entry>((notice) => ({
    at_ms: notice.at_ms,
    key: `level ${notice.level}`,
    what: t('told', { level: format.number(notice.level), whom: whom(notice) }),
    who: notice.people.length === 0 ? t('nobody_there') : '',
    more: notice.people
      .map((person) => (person.sms ? `${person.name} (${t(`sms.${person.sms}`)})` : person.name))
      .join(', '),
  }));
  const done = detail.history
    .filter((item) => item.action !== 'alarm.climb')
    .map<Entry>((item, at) => ({
      at_ms: item.at_ms,
      key: `act ${at}`,
      what: t(`did.${item.action.replace('alarm.', '')}`, { defaultValue: item.action }),
      who: item.who.name,
      more: item.why,
    }));
  return (
    <ol className={classes.events}>
      {[...told, ...done]
        .sort((a, b) => b.at_ms - a.at_ms)
        .map((entry) => (
          <li key={entry.key}>
            <time className={classes.facts}>{format.when(entry.at_ms)}</time>
            <span>{entry.what}</span>
            <span className={classes.facts}>{[entry.who, entry.more].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
    </ol>
  );
}
