import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { notifications } from '@mantine/notifications';
import { api, sentenceOf } from '@/api/client';
import { newId } from '@/kit';
import { myShiftQuery, SHIFTS } from './queries';
import type { MyShift } from './types';

/** An act on my own duty; the answer is how I stand then. A key is made once a form, so that sending twice is once. */
export function useAct() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const [key, setKey] = useState(newId);
  const send = useCallback(
    async (path: string, body: Record<string, unknown> = {}) => {
      setBusy(true);
      setFailure('');
      try {
        const mine = await api.post<MyShift | undefined>(path, body);
        if (mine) client.setQueryData(myShiftQuery.queryKey, mine);
        setKey(newId());
        await client.invalidateQueries({ queryKey: SHIFTS });
        return true;
      } catch (error) {
        setFailure(sentenceOf(error));
        notifications.show({ color: 'red', message: sentenceOf(error) });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [client],
  );
  return { send, busy, failure, newKey: () => key };
}
