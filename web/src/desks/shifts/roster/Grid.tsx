import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useNow } from '@/kit';
import { DAY_MS, startOfDay } from '../days';
import type { Entry, Post, Roster } from '../types';
import classes from '../shifts.module.css';

interface Props {
  roster: Roster;
  posts: Post[];
  from_ms: number;
  onOpen: ((entry: Entry) => void) | undefined;
  onAdd: ((post: string, at_ms: number) => void) | undefined;
}

const DAYS = [0, 1, 2, 3, 4, 5, 6];

/** A row a post, a column a day. A turn stands in the column in which it begins. */
export function Grid({ roster, posts, from_ms, onOpen, onAdd }: Props) {
  const { t, i18n } = useTranslation('shifts');
  const format = useFormat();
  const clashing = new Map(roster.clashes.flatMap((one) => one.entries.map((id) => [id, one.forbids] as const)));
  const today = startOfDay(useNow(60_000));
  const weekday = new Intl.DateTimeFormat(`${i18n.language}-IN`, { weekday: 'short', timeZone: 'Asia/Kolkata' });
  const entriesOf = (post: string, day_ms: number) =>
    roster.items.filter((one) => one.post_id === post && one.from_ms >= day_ms && one.from_ms < day_ms + DAY_MS);
  return (
    <div className={classes.rosterScroll}>
      <table className={classes.roster}>
        <thead>
          <tr>
            <th scope="col">{t('post')}</th>
            {DAYS.map((day) => {
              const at = from_ms + day * DAY_MS;
              return (
                <th key={day} scope="col" data-today={at === today || undefined}>
                  {weekday.format(at)} <span className={classes.faint}>{format.date(at).replace(/ \S+$/, '')}</span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {posts.map((post) => (
            <tr key={post.id}>
              <th scope="row">
                {format.name(post.name)}
                <span className={classes.faint}>{post.code}</span>
              </th>
              {DAYS.map((day) => {
                const at = from_ms + day * DAY_MS;
                return (
                  <td key={day} data-today={at === today || undefined}>
                    {entriesOf(post.id, at).map((one) => (
                      <Turn key={one.id} entry={one} clash={clashing.get(one.id)} onOpen={onOpen} />
                    ))}
                    {onAdd && (
                      <button
                        type="button"
                        className={classes.addTurn}
                        aria-label={t('roster.add_at', { post: format.name(post.name), day: format.date(at) })}
                        onClick={() => onAdd(post.id, at)}
                      >
                        <IconPlus size={13} aria-hidden />
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Turn({
  entry,
  clash,
  onOpen,
}: {
  entry: Entry;
  clash: boolean | undefined;
  onOpen: ((entry: Entry) => void) | undefined;
}) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const times = `${format.time(entry.from_ms, false)}–${format.time(entry.to_ms, false)}`;
  const states = [
    !entry.published && t('roster.draft'),
    clash !== undefined && t('roster.clash'),
    entry.came && t(`came.${entry.came}`),
  ].filter(Boolean);
  const body = (
    <>
      <span className={classes.turnTime}>{times}</span>
      <span className={classes.turnName}>{entry.person.name}</span>
      {states.length > 0 && <span className={classes.turnState}>{states.join(' · ')}</span>}
    </>
  );
  const data = {
    'data-draft': !entry.published || undefined,
    'data-clash': clash === undefined ? undefined : clash ? 'forbids' : 'warns',
    'data-came': entry.came || undefined,
  };
  return onOpen ? (
    <button type="button" className={classes.turn} {...data} onClick={() => onOpen(entry)}>
      {body}
    </button>
  ) : (
    <div className={classes.turn} {...data}>
      {body}
    </div>
  );
}
