/** What a dispatcher does: sent with the version that was seen; taken back with one press where it can be. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, sentenceOf } from '@/api/client';
import { newId } from '@/kit';
import type { Assignment, SentTo, Step, Unit, UnitStatus } from './types';

const UNDO_MS = 12_000;

/** A unit that cannot be sent just so: somebody was quicker, or it is not free. */
export interface Hindered {
  incident: SentTo;
  /** As the dispatcher saw it. */
  seen: Unit;
  /** As it is now. */
  unit: Unit;
  why: 'changed' | 'not_free';
}

export function useDispatch() {
  const { t } = useTranslation('dispatch');
  const client = useQueryClient();
  const [hindered, setHindered] = useState<Hindered | null>(null);
  const reread = useCallback(() => void client.invalidateQueries({ queryKey: ['dispatch'] }), [client]);

  const withdraw = useCallback(
    async (one: Assignment, reason: string) => {
      await api.post(`/assignments/${one.id}/withdraw`, { version: one.version, reason });
      reread();
    },
    [reread],
  );

  const sent = useCallback(
    (one: Assignment) => {
      const id = `sent-${one.id}`;
      const undo = () => {
        notifications.hide(id);
        withdraw(one, t('undo_reason')).catch(shown);
      };
      notifications.show({
        id,
        autoClose: UNDO_MS,
        message: (
          <Group justify="space-between" wrap="nowrap">
            {t('sent', { unit: one.unit.call_sign, number: one.incident.number })}
            <Button size="compact-xs" variant="default" onClick={undo}>
              {t('undo')}
            </Button>
          </Group>
        ),
      });
    },
    [t, withdraw],
  );

  /** Whether it was sent. Rejects only with field errors, for a form. */
  const send = useCallback(
    async (incident: SentTo, unit: Unit, more: { anyway?: string; note?: string } = {}): Promise<boolean> => {
      try {
        const one = await api.post<Assignment>(`/incidents/${incident.id}/assignments`, {
          key: newId(),
          unit: unit.id,
          version: unit.version,
          ...more,
        });
        setHindered(null);
        sent(one);
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === 'changed')
          setHindered({ incident, seen: unit, unit: (error.present as Unit | undefined) ?? unit, why: 'changed' });
        else if (error.code === 'not_free' && more.anyway === undefined)
          setHindered({ incident, seen: unit, unit, why: 'not_free' });
        else if (Object.keys(error.fields).length > 0) throw error;
        else shown(error);
        return false;
      } finally {
        reread();
      }
    },
    [reread, sent],
  );

  const step = useCallback(
    async (one: Pick<Assignment, 'id' | 'version'>, state: Step, note = '') => {
      try {
        await api.post(`/assignments/${one.id}/step`, { version: one.version, state, note });
      } catch (error) {
        shown(error);
      } finally {
        reread();
      }
    },
    [reread],
  );

  const say = useCallback(
    async (unit: Unit, status: UnitStatus, note = '') => {
      await api.post(`/units/${unit.id}/status`, { version: unit.version, status, note });
      reread();
    },
    [reread],
  );

  return useMemo(
    () => ({ send, step, say, withdraw, reread, hindered, settle: () => setHindered(null) }),
    [hindered, reread, say, send, step, withdraw],
  );
}
export type Dispatch = ReturnType<typeof useDispatch>;

function shown(error: unknown): void {
  notifications.show({ color: 'red', message: sentenceOf(error) });
}
