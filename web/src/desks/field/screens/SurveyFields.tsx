import { ActionIcon, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from '../field.module.css';
import type { FoundCamera } from '../types';

const PLACEMENTS = ['entry', 'exit', 'road_side', 'public_area', 'other'] as const;
const KINDS = ['fixed', 'ptz', 'analogue_dvr', 'anpr'] as const;
const FRESH: FoundCamera = { placement: 'entry', kind: 'fixed', make: '', recorder: '', public_view: false, note: '' };

interface Props {
  cameras: FoundCamera[];
  onChange: (cameras: FoundCamera[]) => void;
}

/** Each camera that hangs there: what it looks at, what it is, and whether it keeps to public places. */
export function SurveyFields({ cameras, onChange }: Props) {
  const { t } = useTranslation('field');
  const format = useFormat();
  const change = (at: number, part: Partial<FoundCamera>) =>
    onChange(cameras.map((camera, other) => (other === at ? { ...camera, ...part } : camera)));
  return (
    <Stack gap="sm">
      {cameras.map((camera, at) => (
        <Stack key={at} gap={10} className={classes.camera}>
          <Group justify="space-between">
            <Text fw={600}>{t('survey.camera', { number: format.number(at + 1) })}</Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('survey.remove', { number: at + 1 })}
              onClick={() => onChange(cameras.filter((_, other) => other !== at))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </Group>
          <NativeSelect
            size="md"
            label={t('survey.placement')}
            value={camera.placement}
            onChange={(event) => change(at, { placement: event.currentTarget.value as FoundCamera['placement'] })}
            data={PLACEMENTS.map((one) => ({ value: one, label: t(`placement.${one}`) }))}
          />
          <NativeSelect
            size="md"
            label={t('survey.kind')}
            value={camera.kind}
            onChange={(event) => change(at, { kind: event.currentTarget.value as FoundCamera['kind'] })}
            data={KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          />
          <Group grow gap={8}>
            <TextInput
              size="md"
              label={t('survey.make')}
              maxLength={120}
              value={camera.make}
              onChange={(event) => change(at, { make: event.currentTarget.value })}
            />
            <TextInput
              size="md"
              label={t('survey.recorder')}
              maxLength={120}
              value={camera.recorder}
              onChange={(event) => change(at, { recorder: event.currentTarget.value })}
            />
          </Group>
          <Checkbox
            size="md"
            label={t('survey.public_view')}
            checked={camera.public_view}
            onChange={(event) => change(at, { public_view: event.currentTarget.checked })}
          />
        </Stack>
      ))}
      <Button
        variant="default"
        size="md"
        leftSection={<IconPlus size={18} />}
        disabled={cameras.length >= 100}
        // The next one is mostly of the same make and on the same recorder.
        onClick={() => onChange([...cameras, { ...FRESH, ...lastOf(cameras) }])}
      >
        {t('survey.add')}
      </Button>
    </Stack>
  );
}

function lastOf(cameras: FoundCamera[]): Partial<FoundCamera> {
  const last = cameras.at(-1);
  return last ? { kind: last.kind, make: last.make, recorder: last.recorder } : {};
}
