import { Checkbox, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '@/api/client';
import { BilingualInput, useFormat } from '@/kit';
import { FormModal } from './FormModal';
import { croreOf, paiseOfCrore } from './money';
import { PlaceFields, useOwnPlace } from './PlaceFields';
import { kindsQuery, projectsQuery } from './queries';
import type { PackageDetail } from './types';

const SUMS = ['sanctioned_paise', 'committed_paise', 'spent_paise'] as const;

/** A package, new or known: what, where, by whom, for how much. The plan of a known one is revised elsewhere. */
export function PackageForm(props: { row?: PackageDetail; project?: string | undefined; onClose: () => void }) {
  const { row, onClose } = props;
  const { t } = useTranslation('works');
  const format = useFormat();
  const client = useQueryClient();
  const own = useOwnPlace();
  const projects = useQuery(projectsQuery).data ?? [];
  const kinds = useQuery(kindsQuery).data ?? [];
  const [values, setValues] = useState({
    project: row?.project ?? props.project ?? '',
    number: row?.number ?? '',
    name: row?.name ?? { en: '', hi: '' },
    kind: row?.kind.code ?? '',
    agency: row?.agency ?? own.agency,
    jurisdiction: row?.jurisdiction.path ?? own.jurisdiction,
    contractor: row?.contractor ?? '',
    quantity: '',
    start: '',
    end: '',
    critical: row?.critical ?? false,
    geometry: row?.geometry ? JSON.stringify(row.geometry) : '',
    note: row?.note ?? '',
    sums: SUMS.map((name) => croreOf(row?.[name] ?? 0)),
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const unit = kinds.find((one) => one.code === values.kind)?.unit;
  const send = async (reason: string) => {
    const { geometry, sums, quantity, start, end, project, number, kind, agency, ...rest } = values;
    const body = {
      ...rest,
      geometry: parsed(geometry, t('form.geometry_wrong', { lng: 'en' }), t('form.geometry_wrong', { lng: 'hi' })),
      ...Object.fromEntries(SUMS.map((name, at) => [name, paiseOfCrore(sums[at] ?? '') ?? 0])),
    };
    if (row) await api.patch(`/works/packages/${row.id}`, { ...body, reason, edited_ms: row.edited_ms });
    else await api.post('/works/packages', { ...body, project, number, kind, agency, quantity, start, end });
    await client.invalidateQueries({ queryKey: ['works'] });
  };
  return (
    <FormModal
      title={row ? format.name(row.name) : t('new_package')}
      submit={t('save')}
      askWhy={row !== undefined}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          {!row && (
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select
                label={t('fact.project')}
                required
                data={projects.map((one) => ({ value: one.id, label: format.name(one.name) }))}
                value={values.project || null}
                error={errors.project}
                onChange={(project) => project && change({ project })}
              />
              <TextInput
                label={t('fact.number')}
                required
                value={values.number}
                error={errors.number}
                onChange={(event) => change({ number: event.currentTarget.value })}
              />
            </SimpleGrid>
          )}
          <BilingualInput
            label={t('fact.name')}
            required
            value={values.name}
            error={errors['name.en'] ?? errors.name}
            onChange={(name) => change({ name })}
          />
          {!row && (
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select
                label={t('fact.kind')}
                required
                data={kinds
                  .filter((one) => one.active)
                  .map((one) => ({ value: one.code, label: format.name(one.name) }))}
                value={values.kind || null}
                error={errors.kind}
                onChange={(kind) => kind && change({ kind })}
              />
              <TextInput
                label={unit ? t('form.quantity_in', { unit: format.name(unit) }) : t('form.quantity')}
                required
                inputMode="decimal"
                value={values.quantity}
                error={errors.quantity}
                onChange={(event) => change({ quantity: event.currentTarget.value })}
              />
              {(['start', 'end'] as const).map((name) => (
                <TextInput
                  key={name}
                  type="date"
                  label={t(`fact.${name}`)}
                  required
                  value={values[name]}
                  error={errors[name]}
                  onChange={(event) => change({ [name]: event.currentTarget.value })}
                />
              ))}
            </SimpleGrid>
          )}
          <PlaceFields value={values} errors={errors} onChange={change} withAgency={!row} />
          <TextInput
            label={t('fact.contractor')}
            value={values.contractor}
            error={errors.contractor}
            onChange={(event) => change({ contractor: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            {SUMS.map((name, at) => (
              <TextInput
                key={name}
                label={t('form.crore', { what: t(`fact.${name.replace('_paise', '')}`) })}
                inputMode="decimal"
                value={values.sums[at] ?? ''}
                error={errors[name]}
                onChange={(event) => {
                  const typed = event.currentTarget.value;
                  change({ sums: values.sums.map((sum, place) => (place === at ? typed : sum)) });
                }}
              />
            ))}
          </SimpleGrid>
          <Checkbox
            label={t('form.critical')}
            checked={values.critical}
            onChange={(event) => change({ critical: event.currentTarget.checked })}
          />
          <Textarea
            label={t('form.geometry')}
            description={t('form.geometry_hint')}
            autosize
            maxRows={4}
            value={values.geometry}
            error={errors.geometry}
            onChange={(event) => change({ geometry: event.currentTarget.value })}
          />
          <Textarea
            label={t('fact.note')}
            autosize
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

/** A GeoJSON geometry, or that of a pasted feature. Throws what the form shows beside the field. */
function parsed(typed: string, en: string, hi: string): unknown {
  if (!typed.trim()) return null;
  try {
    const given = JSON.parse(typed) as { type?: string; geometry?: unknown; features?: { geometry?: unknown }[] };
    if (given.type === 'FeatureCollection') return given.features?.[0]?.geometry ?? null;
    return given.type === 'Feature' ? given.geometry : given;
  } catch {
    throw new ApiError(422, 'invalid', { en, hi }, { geometry: { en, hi } });
  }
}
