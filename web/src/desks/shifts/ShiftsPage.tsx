import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { Board } from './Board';
import { Frame } from './Frame';
import { Mine } from './Mine';
import { boardQuery, myShiftQuery } from './queries';
import classes from './shifts.module.css';

/** Where I am on duty, and who is at each post. */
export function Component() {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const mine = useQuery(myShiftQuery);
  const board = useQuery(boardQuery);
  const error = mine.error ?? board.error;
  return (
    <Frame note={board.data && t('as_of', { time: format.when(board.data.as_of_ms) })}>
      {error && !(mine.data && board.data) ? (
        <ErrorState error={error} onRetry={() => void Promise.all([mine.refetch(), board.refetch()])} />
      ) : !mine.data || !board.data ? (
        <LoadingRows rows={8} height={60} />
      ) : (
        <div className={classes.columns}>
          <Mine mine={mine.data} />
          <Board board={board.data} />
        </div>
      )}
    </Frame>
  );
}
