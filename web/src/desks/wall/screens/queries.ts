/** Screens of the wall: reading them, putting something on them, taking it back. */
import { notifications } from '@mantine/notifications';
import { queryOptions, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createElement } from 'react';
import { api, sentenceOf } from '@/api/client';
import type { Page } from '@/api/types';
import { newId } from '@/kit';
import type { ItemIn, Put, Salvo, Screen, ScreenPage } from './types';
import { UndoNote } from './UndoNote';

export const screensQuery = queryOptions({
  queryKey: ['screens'],
  queryFn: () => api.get<ScreenPage>('/screens'),
  // Whether its kiosk answers is told by nobody: it is looked at.
  refetchInterval: 15_000,
});
export const salvosQuery = queryOptions({
  queryKey: ['salvos'],
  queryFn: async () => (await api.get<Page<Salvo>>('/salvos')).items,
});

/** What is known now of some screens, without asking again. */
export function takeScreens(client: QueryClient, screens: Screen[]): void {
  client.setQueryData(
    screensQuery.queryKey,
    (before) =>
      before && { ...before, items: before.items.map((one) => screens.find((other) => other.id === one.id) ?? one) },
  );
}

interface Told {
  message: string;
  act: string;
}

/** Acts on the wall: each says what it did and can be taken back as one. */
export function useWallActs() {
  const client = useQueryClient();
  const tell = ({ message, act }: Told) => {
    const id = newId();
    notifications.show({
      id,
      autoClose: 12_000,
      message: createElement(UndoNote, {
        message,
        onUndo: async () => {
          notifications.hide(id);
          try {
            takeScreens(client, (await api.post<{ screens: Screen[] }>(`/wall-acts/${act}/undo`)).screens);
          } catch (error) {
            notifications.show({ color: 'red', message: sentenceOf(error) });
          }
        },
      }),
    });
  };
  return {
    show: async (screen: string, items: ItemIn[], for_s: number | null, message: (put: Put) => string) => {
      const put = await api.post<Put>(`/screens/${screen}/show`, { key: newId(), items, for_s });
      takeScreens(client, [put.screen]);
      tell({ message: message(put), act: put.act });
    },
    release: async (screen: string, showings: string[] | null, message: string) => {
      const put = await api.post<Put>(`/screens/${screen}/release`, { key: newId(), showings });
      takeScreens(client, [put.screen]);
      tell({ message, act: put.act });
    },
    switchTo: async (salvo: string, message: (leftOut: number) => string) => {
      const done = await api.post<{ act: string; screens: Screen[]; left_out: number }>(`/salvos/${salvo}/switch`, {
        key: newId(),
      });
      takeScreens(client, done.screens);
      tell({ message: message(done.left_out), act: done.act });
    },
  };
}
