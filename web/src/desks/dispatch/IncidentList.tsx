import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SeverityMark } from '@/desks/alarms/Mark';
import { EmptyState, useFormat, useNow } from '@/kit';
import classes from './dispatch.module.css';
import { carriesUnit, takesUnit } from './drag';
import { ProgressWord } from './Marks';
import { Suggested } from './Suggested';
import type { Board, SentTo, Unit, Waiting } from './types';
import { useWords } from './wording';

interface Props {
  board: Board;
  selected: string | null;
  mayWork: boolean;
  /** Digits send to the selected one. */
  keys: boolean;
  onSelect: (id: string | null) => void;
  onSend: (incident: SentTo, unit: Unit) => Promise<unknown>;
  onDrop: (incident: SentTo, unitId: string) => void;
  onUnit: (id: string) => void;
}

/** Incidents at which something is to be done, those without a unit first. The selected one shows who could go. */
export function IncidentList({ board, selected, mayWork, keys, onSelect, onSend, onDrop, onUnit }: Props) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  if (board.items.length === 0) return <EmptyState icon={IconCircleCheck} title={t('none')} hint={t('none_hint')} />;
  return (
    <ul className={classes.incidents} aria-label={t('incidents')}>
      {board.items.map((one) => (
        <li key={one.incident.id}>
          <Item
            one={one}
            open={one.incident.id === selected}
            droppable={mayWork}
            onSelect={() => onSelect(one.incident.id === selected ? null : one.incident.id)}
            onDrop={onDrop}
            onUnit={onUnit}
          />
          {one.incident.id === selected && mayWork && (
            <Suggested incident={one.incident} keys={keys} onSend={(unit) => onSend(one.incident, unit)} />
          )}
        </li>
      ))}
      {board.more > 0 && <li className={classes.more}>{t('more', { number: format.number(board.more) })}</li>}
    </ul>
  );
}

interface ItemProps {
  one: Waiting;
  open: boolean;
  droppable: boolean;
  onSelect: () => void;
  onDrop: (incident: SentTo, unitId: string) => void;
  onUnit: (id: string) => void;
}

function Item({ one, open, droppable, onSelect, onDrop, onUnit }: ItemProps) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const words = useWords();
  const now = useNow(10_000);
  const [over, setOver] = useState(false);
  const { incident, assignments } = one;
  return (
    <div
      className={classes.incident}
      data-open={open || undefined}
      data-over={over || undefined}
      data-incident={incident.number}
      onDragOver={(event) => {
        if (!droppable || !carriesUnit(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (droppable) takesUnit(event, (id) => onDrop(incident, id));
      }}
    >
      <button type="button" className={classes.incidentHead} aria-expanded={open} onClick={onSelect}>
        <SeverityMark severity={incident.severity} size={15} />
        <b>{words.title(incident)}</b>
        <span className={classes.faint}>{format.ago(one.opened_ms, now)}</span>
      </button>
      <div className={classes.incidentFacts}>
        <Link to={`/incidents/${incident.id}`}>{incident.number}</Link>
        <span>{[format.name(incident.kind.name), incident.address].filter(Boolean).join(' · ')}</span>
        {one.next_due_ms !== null && one.next_due_ms < now && <span className={classes.late}>{t('late')}</span>}
      </div>
      {assignments.length > 0 ? (
        <ul className={classes.strip}>
          {assignments.map((each) => (
            <li key={each.id}>
              <button type="button" className={classes.chip} onClick={() => onUnit(each.unit.id)}>
                <b>{each.unit.call_sign}</b>
                <ProgressWord state={each.state} told={each.told} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <span className={classes.unserved}>{t('unserved')}</span>
      )}
    </div>
  );
}
