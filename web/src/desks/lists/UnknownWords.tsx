import { NativeSelect, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { useOptions } from './api';
import classes from './Lists.module.css';
import type { ListDetail } from './types';

/** Words of the list that the register does not know: say once what each means, and it is remembered. */
export function UnknownWords({ list }: { list: ListDetail }) {
  const { t } = useTranslation('lists');
  if (list.unknown.length === 0) return null;
  return (
    <section className={classes.sheet}>
      <h2 className={classes.heading}>{t('unknown.title')}</h2>
      <Text size="xs" c="dimmed" mb={6}>
        {t('unknown.hint')}
      </Text>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {list.unknown.map((word) => (
            <Word key={`${word.lexicon} ${word.text}`} list={list} word={word} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Word({ list, word }: { list: ListDetail; word: ListDetail['unknown'][number] }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const client = useQueryClient();
  const options = useOptions(word.lexicon);
  const teach = useMutation({
    mutationFn: (value: string) =>
      api.post<ListDetail>(`/lists/${list.id}/words`, {
        lexicon: word.lexicon,
        text: word.text,
        value,
        edited_ms: list.edited_ms,
      }),
    onSuccess: (answer) => client.setQueryData(['list', list.id], answer),
    onError: () => void client.invalidateQueries({ queryKey: ['list', list.id] }),
  });
  return (
    <Table.Tr>
      <Table.Td>
        {word.text}
        <Text size="xs" c="dimmed">
          {t(`field.${word.lexicon}`)} · {t('unknown.rows', { count: word.rows, number: format.number(word.rows) })}
        </Text>
      </Table.Td>
      <Table.Td w={260}>
        <NativeSelect
          size="xs"
          aria-label={t('unknown.means', { word: word.text })}
          value=""
          disabled={teach.isPending}
          error={teach.error ? sentenceOf(teach.error) : undefined}
          data={[{ value: '', label: t('unknown.choose') }, ...options]}
          onChange={(event) => event.currentTarget.value && teach.mutate(event.currentTarget.value)}
        />
      </Table.Td>
    </Table.Tr>
  );
}
