import {
  Button,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { BilingualInput, useDraft, useFormat } from '@/kit';
import { DateField } from '@/media';
import { KEY } from '../queries';
import type { PlanRow } from '../types';
import { ready, type PartDraft } from './parts';
import { PartsEditor } from './PartsEditor';

interface Draft {
  name: { en: string; hi: string };
  jurisdiction: string | null;
  agency: string | null;
  kind: 'total' | 'additional';
  cameras: number | string;
  due_on: string;
  base_on: string;
  set_by: string;
  source: string;
  meant_for: string[];
  parts: PartDraft[];
}

const EMPTY: Draft = {
  name: { en: '', hi: '' },
  jurisdiction: null,
  agency: null,
  kind: 'total',
  cameras: '',
  due_on: '',
  base_on: '',
  set_by: '',
  source: '',
  meant_for: [],
  parts: [],
};

/** A new plan: its whole, and the parts known by now. */
export function PlanDialog({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const client = useQueryClient();
  const { values: draft, change, reset } = useDraft<Draft>('target-plan', EMPTY);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const areas = (useQuery(jurisdictionsQuery()).data ?? []).filter(({ level }) =>
    ['state', 'division', 'district', 'city', 'zone', 'circle', 'police_station'].includes(level),
  );
  const coded = (rows: typeof owners) => rows.map((one) => ({ value: one.code, label: format.name(one.name) }));
  const send = async () => {
    setBusy(true);
    setFailure('');
    setErrors({});
    try {
      const made = await api.post<PlanRow>('/target-plans', {
        name: draft.name,
        jurisdiction: draft.jurisdiction ?? '',
        agency: draft.agency,
        meant_for: draft.meant_for,
        total: {
          cameras: Number(draft.cameras) || 0,
          kind: draft.kind,
          due_on: draft.due_on,
          base_on: draft.kind === 'additional' && draft.base_on ? draft.base_on : null,
          set_by: draft.set_by,
          source: draft.source,
        },
        parts: ready(draft.parts),
      });
      reset(EMPTY);
      await client.invalidateQueries({ queryKey: [KEY] });
      onMade(made.id);
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const error = (name: string) => errors[name] ?? errors[`total.${name}`];
  return (
    <Modal opened onClose={onClose} title={t('new_plan')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm">
          <BilingualInput label={t('name')} required value={draft.name} onChange={(name) => change({ name })} />
          <Group grow align="flex-start">
            <Select
              label={t('area')}
              required
              searchable
              data={areas.map((one) => ({ value: one.path, label: format.name(one.name) }))}
              value={draft.jurisdiction}
              onChange={(jurisdiction) => change({ jurisdiction })}
              error={error('jurisdiction')}
            />
            <Select
              label={t('agency')}
              clearable
              placeholder={t('every_agency')}
              data={coded(agencies)}
              value={draft.agency}
              onChange={(agency) => change({ agency })}
              error={error('agency')}
            />
          </Group>
          <SegmentedControl
            aria-label={t('kind')}
            value={draft.kind}
            onChange={(kind) => change({ kind: kind as Draft['kind'] })}
            data={[
              { value: 'total', label: t('kind_total') },
              { value: 'additional', label: t('kind_additional') },
            ]}
          />
          <Text size="xs" c="dimmed">
            {t(draft.kind === 'total' ? 'kind_total_hint' : 'kind_additional_hint')}
          </Text>
          <Group grow align="flex-start">
            <NumberInput
              label={t('cameras')}
              required
              min={1}
              allowDecimal={false}
              thousandSeparator=","
              thousandsGroupStyle="lakh"
              value={draft.cameras}
              onChange={(cameras) => change({ cameras })}
              error={error('cameras')}
            />
            <DateField
              label={t('due')}
              required
              value={draft.due_on}
              onChange={(due_on) => change({ due_on })}
              error={error('due_on')}
            />
          </Group>
          {draft.kind === 'additional' && (
            <DateField
              label={t('base_on')}
              value={draft.base_on}
              onChange={(base_on) => change({ base_on })}
              error={error('base_on')}
            />
          )}
          <Group grow align="flex-start">
            <TextInput
              label={t('who_sets')}
              required
              value={draft.set_by}
              onChange={(event) => change({ set_by: event.currentTarget.value })}
              error={error('set_by')}
            />
            <TextInput
              label={t('source')}
              placeholder={t('source_example')}
              value={draft.source}
              onChange={(event) => change({ source: event.currentTarget.value })}
              error={error('source')}
            />
          </Group>
          <MultiSelect
            label={t('meant_for_label')}
            searchable
            data={coded(owners)}
            value={draft.meant_for}
            onChange={(meant_for) => change({ meant_for })}
            error={error('meant_for')}
          />
          <Text size="sm" fw={500}>
            {t('parts_known')}
          </Text>
          <PartsEditor parts={draft.parts} onChange={(parts) => change({ parts })} />
          {failure && (
            <Text size="sm" c="red" role="alert">
              {failure}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
