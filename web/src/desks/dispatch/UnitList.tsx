import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, SearchInput, useFormat, useNow } from '@/kit';
import classes from './dispatch.module.css';
import { setDragged } from './drag';
import { StatusWord, UnitMark } from './Marks';
import { isOld } from './positions';
import { STATUSES, type Unit, type UnitStatus } from './types';
import { useWords } from './wording';

interface Props {
  units: Unit[];
  fresh_s: number;
  selected: string | null;
  mayWork: boolean;
  onSelect: (id: string) => void;
}

/** All units, narrowed by state and words; draggable onto an incident. */
export function UnitList({ units, fresh_s, selected, mayWork, onSelect }: Props) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const now = useNow(5_000);
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<UnitStatus | null>(null);
  const counts = useMemo(() => {
    const found = new Map<UnitStatus, number>();
    for (const unit of units) found.set(unit.status, (found.get(unit.status) ?? 0) + 1);
    return found;
  }, [units]);
  const wanted = search.trim().toLowerCase();
  const shown = units
    .filter((unit) => (status ? unit.status === status : unit.status !== 'off_duty'))
    .filter(({ call_sign, crew }) => `${call_sign} ${crew.map(({ name }) => name).join(' ')}`.toLowerCase().includes(wanted))
    .sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status)); // prettier-ignore
  return (
    <>
      <div className={classes.unitTools}>
        <SearchInput label={t('search')} value={search} onChange={setSearch} />
        <div className={classes.chips} role="group" aria-label={t('by_status')}>
          {STATUSES.filter((one) => counts.has(one)).map((one) => (
            <button
              key={one}
              type="button"
              className={classes.filterChip}
              data-status={one}
              aria-pressed={status === one}
              onClick={() => setStatus(status === one ? null : one)}
            >
              {t(`status.${one}`)} <b>{format.number(counts.get(one) ?? 0)}</b>
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t(units.length === 0 ? 'no_units' : 'none_match')} />
      ) : (
        <ul className={classes.units} aria-label={t('units')}>
          {shown.map((unit) => (
            <li key={unit.id}>
              <Row
                unit={unit}
                now={now}
                fresh_s={fresh_s}
                selected={unit.id === selected}
                draggable={mayWork}
                onSelect={() => onSelect(unit.id)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface RowProps {
  unit: Unit;
  now: number;
  fresh_s: number;
  selected: boolean;
  draggable: boolean;
  onSelect: () => void;
}

function Row({ unit, now, fresh_s, selected, draggable, onSelect }: RowProps) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const words = useWords();
  const { position } = unit;
  const old = !position || isOld(position, now, fresh_s);
  const age = position
    ? t(old ? 'age_uncertain' : 'age', { age: words.age(Math.max(0, Math.round((now - position.at_ms) / 1000))) })
    : t('position_unknown');
  return (
    <button
      type="button"
      className={classes.unit}
      data-selected={selected || undefined}
      data-unit={unit.call_sign}
      draggable={draggable}
      onDragStart={(event) => setDragged(event, unit)}
      onClick={onSelect}
    >
      <UnitMark
        kind={unit.kind}
        status={unit.status}
        old={old}
        waiting={unit.active.some((one) => one.state === 'offered')}
      />
      <span className={classes.who}>
        <b>{unit.call_sign}</b>
        <span className={classes.faint}>
          {[unit.active.map((one) => one.incident.number).join(', '), age].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className={classes.unitSide}>
        <StatusWord status={unit.status} />
        {unit.unread > 0 && (
          <span className={classes.unread} aria-label={t('unread', { count: unit.unread })}>
            {format.number(unit.unread)}
          </span>
        )}
      </span>
    </button>
  );
}
