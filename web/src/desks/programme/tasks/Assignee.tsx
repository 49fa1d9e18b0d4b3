import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { PersonSelect } from '../parts/PersonSelect';
import { officesQuery } from '../queries';

export type For = 'station' | 'person' | 'office';

export interface AssigneeValue {
  kind: For;
  person: string | null;
  office: string | null;
}

/** What the API takes of it. */
export const assigneeOf = (value: AssigneeValue) => ({
  person_id: value.kind === 'person' ? value.person : null,
  office: value.kind === 'office' ? value.office : null,
});

interface Props {
  value: AssigneeValue;
  errors: Record<string, string>;
  chosen?: { id: string; name: string } | null;
  onChange: (value: AssigneeValue) => void;
}

/** Whom a task is for: everybody of the station, one person, or whoever holds an office there. */
export function Assignee({ value, errors, chosen, onChange }: Props) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const offices = useQuery(officesQuery).data ?? [];
  return (
    <Stack gap="sm">
      <Select
        label={t('task.for')}
        allowDeselect={false}
        data={(['station', 'person', 'office'] as const).map((one) => ({ value: one, label: t(`task.for_${one}`) }))}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: (kind ?? 'station') as For })}
      />
      {value.kind === 'person' && (
        <PersonSelect
          label={t('task.person')}
          required
          value={value.person}
          {...(chosen ? { chosen } : {})}
          error={errors.person_id}
          onChange={(person) => onChange({ ...value, person })}
        />
      )}
      {value.kind === 'office' && (
        <Select
          label={t('task.office')}
          required
          searchable
          data={offices.filter((one) => one.active).map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={value.office}
          error={errors.office}
          onChange={(office) => onChange({ ...value, office })}
        />
      )}
    </Stack>
  );
}
