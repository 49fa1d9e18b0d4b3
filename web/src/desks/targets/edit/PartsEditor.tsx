import { ActionIcon, Button, Group, NumberInput, Select, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import classes from '../targets.module.css';
import { KINDS, type PartDraft } from './parts';

const AREA_LEVELS = ['zone', 'circle', 'police_station'];

/** Rows of "of what" and "how many". */
export function PartsEditor({ parts, onChange }: { parts: PartDraft[]; onChange: (parts: PartDraft[]) => void }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const areas = (useQuery(jurisdictionsQuery()).data ?? []).filter(({ level }) => AREA_LEVELS.includes(level));
  const choices = {
    owner_class: owners.map((one) => ({ value: one.code, label: format.name(one.name) })),
    department: departments.map((one) => ({ value: one.code, label: format.name(one.name) })),
    area: areas.map((one) => ({ value: one.path, label: format.name(one.name) })),
  };
  const change = (at: number, part: Partial<PartDraft>) =>
    onChange(parts.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <Stack gap={8}>
      {parts.map((part, at) => (
        <div key={at} className={classes.partRow}>
          <Select
            size="xs"
            searchable
            aria-label={t(`kind_of.${part.kind}`)}
            placeholder={t(`kind_of.${part.kind}`)}
            data={choices[part.kind]}
            value={part.code}
            onChange={(code) => change(at, { code })}
          />
          <NumberInput
            size="xs"
            aria-label={t('cameras')}
            placeholder={t('cameras')}
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            thousandsGroupStyle="lakh"
            value={part.cameras}
            onChange={(cameras) => change(at, { cameras })}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t('remove')}
            onClick={() => onChange(parts.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Group gap={8}>
        {KINDS.map((kind) => (
          <Button
            key={kind}
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} />}
            onClick={() => onChange([...parts, { kind, code: null, cameras: '' }])}
          >
            {t(`kind_of.${kind}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
