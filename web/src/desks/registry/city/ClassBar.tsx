import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '@/api/queries';
import { STATUSES } from '@/api/types';
import { useFormat } from '@/kit';
import classes from './ClassBar.module.css';

/** Live of linked in each owner class; choosing one narrows map and list to the rows behind the number. */
export function ClassBar({ chosen, onChoose }: { chosen: string; onChoose: (code: string | null) => void }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const counts = useQuery(countsQuery).data;
  if (!counts || counts.by_owner_class.length === 0) return null;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('class_bar.label')}>
      {counts.by_owner_class.map((one) => (
        <Tooltip
          key={one.code}
          label={`${t('class_bar.live_of', { live: format.number(one.live), linked: format.number(one.linked) })} · ${t('as_of', { time: format.time(counts.as_of_ms) })}`}
        >
          <button
            type="button"
            className={classes.cell}
            aria-pressed={chosen === one.code}
            onClick={() => onChoose(chosen === one.code ? null : one.code)}
          >
            <span className={classes.name}>{format.name(one.name)}</span>
            <span className={classes.number}>
              {format.number(one.live)}
              <small> / {format.number(one.linked)}</small>
            </span>
            <span className={classes.share}>
              {STATUSES.map((status) => (
                <i key={status} data-status={status} style={{ flexGrow: one[status] || 0 }} />
              ))}
            </span>
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
