import { Button, Group, Modal, MultiSelect, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import { officesQuery } from '../queries';
import type { Clause, Coded } from '../types';
import { useSend } from '../useSend';

interface Settings {
  figure?: string;
  owner_class?: string[];
  place_class?: string[];
  [other: string]: unknown;
}

const listed = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];

/** One point of an order: its words, who answers, until when, and the figure that shows how far it is. */
export function ClauseForm({ orderId, clause, onClose }: { orderId: string; clause?: Clause; onClose: () => void }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const before = (clause?.figure_settings ?? {}) as Settings;
  const [number, setNumber] = useState(clause?.number ?? '');
  const [textHi, setTextHi] = useState(clause?.text_hi ?? '');
  const [summaryEn, setSummaryEn] = useState(clause?.summary_en ?? '');
  const [office, setOffice] = useState<string | null>(clause?.office?.code ?? null);
  const [due, setDue] = useState(clause?.own_due_day ?? '');
  const [figure, setFigure] = useState<string | null>(before.figure ?? null);
  const [classes, setClasses] = useState<string[]>(listed(before.owner_class));
  const [places, setPlaces] = useState<string[]>(listed(before.place_class));
  const [reason, setReason] = useState('');
  const offices = useQuery(officesQuery).data ?? [];
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const placeClasses = useQuery(codedQuery('place-classes')).data ?? [];
  const figures =
    useQuery({
      queryKey: ['programme', 'clause-figures'],
      queryFn: async () => (await api.get<{ items: Coded[] }>('/clause-figures')).items,
      staleTime: 300_000,
    }).data ?? [];
  const coded = (rows: { code: string; name: { en: string; hi: string } }[]) =>
    rows.map((row) => ({ value: row.code, label: format.name(row.name) }));
  const settings: Settings = figure
    ? {
        ...before,
        figure,
        ...(classes.length > 0 ? { owner_class: classes } : {}),
        ...(places.length > 0 ? { place_class: places } : {}),
      }
    : {};
  if (figure && classes.length === 0) delete settings.owner_class;
  if (figure && places.length === 0) delete settings.place_class;
  const submit = () =>
    send(async () => {
      const fields = {
        text_hi: textHi.trim(),
        summary_en: summaryEn.trim(),
        office,
        due_day: due || null,
        figure: settings,
      };
      const answer = clause
        ? await api.patch(`/clauses/${clause.id}`, { ...fields, edited_ms: clause.edited_ms, reason: reason.trim() })
        : await api.post(`/government-orders/${orderId}/clauses`, { ...fields, number: number.trim() });
      client.setQueryData(['government-order', orderId], answer);
      await client.invalidateQueries({ queryKey: ['government-orders'] });
      onClose();
    });
  return (
    <Modal opened onClose={onClose} title={t(clause ? 'order.edit_point' : 'order.add_point')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          {!clause && (
            <TextInput
              label={t('order.point_number')}
              required
              w={120}
              value={number}
              error={errors.number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          )}
          <Textarea
            label={t('order.text_hi')}
            lang="hi"
            required
            autosize
            minRows={2}
            value={textHi}
            error={errors.text_hi}
            onChange={(event) => setTextHi(event.currentTarget.value)}
          />
          <Textarea
            label={t('order.summary_en')}
            lang="en"
            required
            autosize
            minRows={2}
            value={summaryEn}
            error={errors.summary_en}
            onChange={(event) => setSummaryEn(event.currentTarget.value)}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t('order.office')}
              clearable
              searchable
              data={coded(offices.filter((one) => one.active))}
              value={office}
              error={errors.office}
              onChange={setOffice}
            />
            <TextInput
              type="date"
              label={t('order.own_due')}
              description={t('order.own_due_hint')}
              value={due}
              error={errors.due_day}
              onChange={(event) => setDue(event.currentTarget.value)}
            />
          </SimpleGrid>
          <Select
            label={t('order.figure')}
            description={t('order.figure_hint')}
            clearable
            data={coded(figures)}
            value={figure}
            error={errors.figure}
            onChange={setFigure}
          />
          {figure && (
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <MultiSelect
                label={t('ladder.owner_class')}
                placeholder={classes.length > 0 ? '' : t('order.every_class')}
                searchable
                clearable
                data={coded(owners)}
                value={classes}
                onChange={setClasses}
              />
              <MultiSelect
                label={t('order.place_class')}
                placeholder={places.length > 0 ? '' : t('order.every_class')}
                searchable
                clearable
                data={coded(placeClasses)}
                value={places}
                onChange={setPlaces}
              />
            </SimpleGrid>
          )}
          {clause && (
            <Textarea
              label={t('kit:reason_dialog.label')}
              required
              autosize
              value={reason}
              error={errors.reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t(clause ? 'task.do.save' : 'order.add_point')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
