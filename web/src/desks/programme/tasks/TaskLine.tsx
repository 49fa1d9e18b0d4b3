import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { Mark } from '../parts/Mark';
import { dayMs, TASK_TONE } from '../parts/words';
import classes from '../programme.module.css';
import type { TaskRow } from '../types';

/** One task in a short list. */
export function TaskLine({ task, onOpen }: { task: TaskRow; onOpen: () => void }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  return (
    <li>
      <UnstyledButton onClick={onOpen} w="100%" style={{ fontSize: 13 }}>
        <div>{format.name(task.title)}</div>
        <small>
          <Mark tone={task.late ? 'bad' : TASK_TONE[task.state]}>{t(`task.state.${task.state}`)}</Mark>
          {' · '}
          {format.name(task.jurisdiction.name)}
          {task.due_day && (
            <span className={task.late ? classes.late : undefined}>
              {' · '}
              {t('task.by', { day: format.date(dayMs(task.due_day)) })}
            </span>
          )}
          {task.items > 0 && ` · ${format.number(task.items_done)}/${format.number(task.items)}`}
        </small>
      </UnstyledButton>
    </li>
  );
}
