import { Alert, Button, Group, SegmentedControl, Slider, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { imagingQuery } from './queries';
import type { ImagingState } from './types';
import classes from './DeviceCard.module.css';

type Levels = Partial<Record<ImagingState['settings'][number]['name'], number>>;
interface Draft {
  settings: Levels;
  ir_cut: string;
  focus: string;
}

const UNCHANGED: Draft = { settings: {}, ir_cut: '', focus: '' };

/** How the picture is set, on the device's own scales; changed with a reason. */
export function ImagingPanel({ cameraId }: { cameraId: string }) {
  const { t, i18n } = useTranslation('devices');
  const format = useFormat();
  const client = useQueryClient();
  const query = imagingQuery(cameraId);
  const { data, error, refetch } = useQuery(query);
  const [draft, setDraft] = useState<Draft>(UNCHANGED);
  const [asking, setAsking] = useState(false);
  const focus = useMutation({
    mutationFn: (towards: 'near' | 'far') => api.post<ImagingState>(`/cameras/${cameraId}/focus-steps`, { towards }),
    onSuccess: (found) => client.setQueryData(query.queryKey, found),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} />;
  const isChanged = Object.keys(draft.settings).length > 0 || draft.ir_cut !== '' || draft.focus !== '';
  const save = async (reason: string) => {
    const found = await api.patch<ImagingState>(`/cameras/${cameraId}/imaging`, { ...draft, reason });
    client.setQueryData(query.queryKey, found);
    setDraft(UNCHANGED);
  };
  const words = (kind: 'ir_cut' | 'focus', modes: string[]) =>
    modes.map((mode) => {
      const key = `imaging.${kind}_${mode.toLowerCase()}`;
      return { value: mode, label: i18n.exists(`devices:${key}`) ? t(key) : mode };
    });
  const isManual = data.focus === 'MANUAL';
  return (
    <section aria-label={t('imaging.title')} className={classes.adjust}>
      <h3>{t('imaging.title')}</h3>
      <Stack gap="sm">
        {data.settings.map((one) => {
          const value = draft.settings[one.name] ?? one.value;
          return (
            <div key={one.name}>
              <Group justify="space-between" gap={8}>
                <Text size="sm">{t(`imaging.${one.name}`)}</Text>
                <Text size="sm" c="dimmed">
                  {format.number(value)}
                </Text>
              </Group>
              <Slider
                thumbLabel={t(`imaging.${one.name}`)}
                label={null}
                min={one.least}
                max={one.most}
                step={(one.most - one.least) / 100 || 1}
                value={value}
                onChange={(next) =>
                  setDraft((before) => ({ ...before, settings: { ...before.settings, [one.name]: next } }))
                }
              />
            </div>
          );
        })}
        {data.ir_cut_modes.length > 0 && (
          <div>
            <Text size="sm" mb={2}>
              {t('imaging.ir_cut')}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('imaging.ir_cut')}
              data={words('ir_cut', data.ir_cut_modes)}
              value={draft.ir_cut || data.ir_cut}
              onChange={(ir_cut) => setDraft((before) => ({ ...before, ir_cut }))}
            />
          </div>
        )}
        {data.focus_modes.length > 0 && (
          <div>
            <Text size="sm" mb={2}>
              {t('imaging.focus')}
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('imaging.focus')}
              data={words('focus', data.focus_modes)}
              value={draft.focus || data.focus}
              onChange={(mode) => setDraft((before) => ({ ...before, focus: mode }))}
            />
          </div>
        )}
        {data.can_focus && isManual && (
          <Group gap={8}>
            {(['near', 'far'] as const).map((towards) => (
              <Button
                key={towards}
                size="compact-sm"
                variant="default"
                disabled={focus.isPending}
                onClick={() => focus.mutate(towards)}
              >
                {t(`imaging.${towards}`)}
              </Button>
            ))}
          </Group>
        )}
        {focus.error && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {sentenceOf(focus.error)}
          </Alert>
        )}
        {data.settings.length === 0 && data.ir_cut_modes.length === 0 && data.focus_modes.length === 0 && (
          <p className={classes.none}>{t('imaging.none')}</p>
        )}
        <Group gap={8}>
          <Button size="compact-sm" disabled={!isChanged} onClick={() => setAsking(true)}>
            {t('imaging.set')}
          </Button>
          {isChanged && (
            <Button size="compact-sm" variant="default" onClick={() => setDraft(UNCHANGED)}>
              {t('imaging.back')}
            </Button>
          )}
        </Group>
      </Stack>
      <ReasonDialog
        opened={asking}
        title={t('imaging.why')}
        consequence={t('imaging.consequence')}
        confirm={t('imaging.set')}
        onClose={() => setAsking(false)}
        onConfirm={save}
      />
    </section>
  );
}
