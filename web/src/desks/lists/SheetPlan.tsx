import { Checkbox, Group, NativeSelect, ScrollArea, Switch, Table, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { useOptions } from './api';
import classes from './Lists.module.css';
import { DEFAULTS, FIELDS, type DefaultName, type FieldName, type ListDetail, type ListSheet } from './types';

interface Change {
  use?: boolean;
  fields?: FieldName[];
  legacy?: boolean[];
  defaults?: Partial<Record<DefaultName, string>>;
}

/** How one sheet is understood; every correction is kept at once and the list understood anew. */
export function SheetPlan({ list, sheet }: { list: ListDetail; sheet: ListSheet }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Change) =>
      api.patch<ListDetail>(`/lists/${list.id}/sheets/${sheet.position}`, { ...body, edited_ms: list.edited_ms }),
    onSuccess: (answer) => client.setQueryData(['list', list.id], answer),
    onError: () => void client.invalidateQueries({ queryKey: ['list', list.id] }),
  });
  const fields = sheet.columns.map(({ field }) => field);
  const setField = (at: number, field: FieldName) =>
    change.mutate({ fields: fields.map((one, other) => (other === at ? field : one)) });
  const setLegacy = (at: number, legacy: boolean) =>
    change.mutate({ legacy: sheet.columns.map((one, other) => (other === at ? legacy : one.legacy)) });
  const setDefault = (lexicon: DefaultName, value: string) => {
    const now = Object.fromEntries(sheet.defaults.map((one) => [one.lexicon, one.value]));
    change.mutate({ defaults: { ...now, [lexicon]: value } });
  };
  return (
    <section className={classes.sheet} aria-busy={change.isPending}>
      <Group gap="md" mb={6} wrap="wrap">
        <h2 className={classes.heading}>{sheet.name || list.file_name}</h2>
        <Text size="xs" c="dimmed">
          {t('sheet_rows', { count: sheet.rows, number: format.number(sheet.rows) })}
          {sheet.hidden && ` · ${t('hidden')}`}
          {sheet.remembered && ` · ${t('remembered')}`}
        </Text>
        <Switch
          size="xs"
          label={t('use_sheet')}
          checked={sheet.use}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ use: event.currentTarget.checked })}
        />
      </Group>
      {change.error && (
        <Text size="sm" c="var(--alarm)" role="alert">
          {sentenceOf(change.error)}
        </Text>
      )}
      {sheet.use && (
        <>
          <Group gap="sm" mb="sm" wrap="wrap" align="flex-end">
            {DEFAULTS.filter((lexicon) => !fields.includes(lexicon)).map((lexicon) => (
              <Default
                key={lexicon}
                lexicon={lexicon}
                value={sheet.defaults.find((one) => one.lexicon === lexicon)?.value ?? ''}
                disabled={change.isPending}
                onChange={(value) => setDefault(lexicon, value)}
              />
            ))}
          </Group>
          <ScrollArea>
            <Table withRowBorders verticalSpacing={4} miw={680} className={classes.columns}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('column')}</Table.Th>
                  <Table.Th>{t('holds')}</Table.Th>
                  <Table.Th>{t('sure')}</Table.Th>
                  <Table.Th>{t('samples')}</Table.Th>
                  <Table.Th>{t('legacy')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sheet.columns.map((column, at) => (
                  <Table.Tr key={column.letter} data-out={column.field === '' || undefined}>
                    <Table.Td>
                      <Text span size="xs" c="dimmed">
                        {column.letter}
                      </Text>{' '}
                      {column.header || '–'}
                    </Table.Td>
                    <Table.Td>
                      <NativeSelect
                        size="xs"
                        aria-label={t('field_of', { column: column.header || column.letter })}
                        value={column.field}
                        disabled={change.isPending}
                        data={[
                          { value: '', label: t('field.none') },
                          ...FIELDS.map((field) => ({ value: field, label: t(`field.${field}`) })),
                        ]}
                        onChange={(event) => setField(at, event.currentTarget.value as FieldName)}
                      />
                    </Table.Td>
                    <Table.Td>
                      <Sure value={column.field ? column.confidence : null} />
                    </Table.Td>
                    <Table.Td>
                      <span className={classes.samples}>
                        {column.samples.map(({ written, read }) => (
                          <span key={written} title={written === read ? undefined : written}>
                            {read}
                          </span>
                        ))}
                      </span>
                    </Table.Td>
                    <Table.Td>
                      <Tooltip label={t('legacy_hint')}>
                        <Checkbox
                          size="xs"
                          aria-label={t('legacy_of', { column: column.header || column.letter })}
                          checked={column.legacy}
                          disabled={change.isPending}
                          onChange={(event) => setLegacy(at, event.currentTarget.checked)}
                        />
                      </Tooltip>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        </>
      )}
    </section>
  );
}

/** How sure the guess is: a percentage, and a word where it should be looked at. */
function Sure({ value }: { value: number | null }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  if (value === null) return <Text size="xs">–</Text>;
  const doubtful = value < 0.7;
  return (
    <Text size="xs" {...(doubtful ? { c: 'var(--stalled)', fw: 600 } : {})}>
      {format.number(value * 100)} %{doubtful && ` · ${t('look')}`}
    </Text>
  );
}

interface DefaultProps {
  lexicon: DefaultName;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}

function Default({ lexicon, value, disabled, onChange }: DefaultProps) {
  const { t } = useTranslation('lists');
  const options = useOptions(lexicon);
  return (
    <NativeSelect
      size="xs"
      w={220}
      label={t(`for_all.${lexicon}`)}
      value={value}
      disabled={disabled}
      data={[{ value: '', label: t('not_set') }, ...options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
