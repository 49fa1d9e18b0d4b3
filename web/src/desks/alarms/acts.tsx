/** What people do with alarms: sent with the version they saw, told back to the list, taken back with one press. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError, sentenceOf } from '@/api/client';
import { useMe } from '@/api/queries';
import { useFormat } from '@/kit';
import { alarmStore } from './store';
import type { AlarmRow } from './types';

export type Act = 'acknowledge' | 'assign' | 'escalate' | 'close';

/** Alarms that others changed while somebody was about to act on them, and how to go on. */
export interface Conflict {
  act: Act;
  present: AlarmRow[];
  /** The others, as they are still. */
  rest: AlarmRow[];
  body: Record<string, unknown>;
}

interface Acts {
  /** Resolves to whether it was done; rejects only with field errors for a form. */
  send: (act: Act, rows: AlarmRow[], body?: Record<string, unknown>) => Promise<boolean>;
  conflict: Conflict | null;
  settle: () => void;
}

const UNDO_MS = 12_000;

export function useActs(): Acts {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const me = useMe()?.id;
  const [conflict, setConflict] = useState<Conflict | null>(null);
  return useMemo(() => {
    const seen = (rows: AlarmRow[]) => rows.map(({ id, handling }) => ({ id, version: handling.version }));
    const undo = async (rows: AlarmRow[]) => {
      try {
        const { items } = await api.post<{ items: AlarmRow[] }>('/alarms/undo', { items: seen(rows) });
        alarmStore.putAll(items);
        notifications.show({ message: t('done.undone', { count: items.length, number: format.number(items.length) }) });
      } catch (error) {
        refused(error, rows);
      }
    };
    const refused = (error: unknown, rows: AlarmRow[]): AlarmRow[] => {
      const present = presentOf(error);
      alarmStore.putAll(present);
      if (present.length === 0 || rows.length === 0) notifications.show({ color: 'red', message: sentenceOf(error) });
      return present;
    };
    const send = async (act: Act, rows: AlarmRow[], body: Record<string, unknown> = {}) => {
      try {
        const { items } = await api.post<{ items: AlarmRow[] }>(`/alarms/${act}`, { items: seen(rows), ...body });
        alarmStore.putAll(items);
        const mine = items.filter(({ handling }) => handling.undo_by === me);
        const id = `alarm-act-${Date.now()}`;
        notifications.show({
          id,
          autoClose: UNDO_MS,
          message: (
            <Group justify="space-between" wrap="nowrap">
              {t(`done.${act}`, { count: items.length, number: format.number(items.length) })}
              {mine.length > 0 && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => {
                    notifications.hide(id);
                    void undo(mine);
                  }}
                >
                  {t('undo')}
                </Button>
              )}
            </Group>
          ),
        });
        return true;
      } catch (error) {
        if (error instanceof ApiError && Object.keys(error.fields).length > 0) throw error;
        const present = refused(error, rows);
        if (present.length > 0) {
          const changed = new Set(present.map(({ id }) => id));
          setConflict({ act, present, rest: rows.filter(({ id }) => !changed.has(id)), body });
        }
        return false;
      }
    };
    return { send, conflict, settle: () => setConflict(null) };
  }, [conflict, format, me, t]);
}

function presentOf(error: unknown): AlarmRow[] {
  if (!(error instanceof ApiError) || error.code !== 'changed') return [];
  return (error.present as { items: AlarmRow[] } | undefined)?.items ?? [];
}
