import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { Mark } from '../parts/Mark';
import { dayMs, TASK_TONE } from '../parts/words';
import classes from '../programme.module.css';
import { TASK_STATES, type TaskRow } from '../types';
import own from './Board.module.css';

/** Tasks by how far they are. */
export function Board({ rows, onOpen, empty }: { rows: TaskRow[]; onOpen: (id: string) => void; empty: ReactNode }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  if (rows.length === 0) return empty;
  return (
    <div className={own.board}>
      {TASK_STATES.map((state) => {
        const column = rows.filter((row) => row.state === state);
        return (
          <section key={state} className={own.column} aria-labelledby={`column-${state}`}>
            <h2 id={`column-${state}`} className={own.heading}>
              <Mark tone={TASK_TONE[state]}>{t(`task.state.${state}`)}</Mark>
              <span>{format.number(column.length)}</span>
            </h2>
            <ul className={own.cards}>
              {column.map((row) => (
                <li key={row.id}>
                  <UnstyledButton className={own.card} onClick={() => onOpen(row.id)}>
                    <span>{format.name(row.title)}</span>
                    <small>
                      {row.priority === 'high' && <strong>{t('task.priority.high')} · </strong>}
                      {row.person?.name ??
                        (row.office ? format.name(row.office.name) : format.name(row.jurisdiction.name))}
                      {row.due_day && (
                        <span className={row.late ? classes.late : undefined}>
                          {' '}
                          · {format.date(dayMs(row.due_day))}
                        </span>
                      )}
                    </small>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
