import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListState, RowState } from './types';

const COLOURS: Record<ListState | RowState, string> = {
  read: 'gray',
  ready: 'blue',
  committing: 'gray',
  committed: 'green',
  undone: 'gray',
  failed: 'red',
  new: 'green',
  more: 'green',
  same: 'gray',
  decide: 'yellow',
  bad: 'red',
};

/** What became of a list, or becomes of a row: a word, with a colour beside. */
export function StateWord({ state }: { state: ListState | RowState }) {
  const { t } = useTranslation('lists');
  return (
    <Badge variant="light" color={COLOURS[state]} tt="none" fw={500}>
      {t(`states.${state}`)}
    </Badge>
  );
}
