import { Alert, Button, Group, Modal, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import type { CameraDetail } from '@/api/types';
import { useFormat } from '@/kit';
import { clipUrl, download, fetchTimeline, type TimelineData } from '../engine';
import { DateField, TimeField } from './DateField';
import * as scale from './scale';

interface Marks {
  inMs: number | null;
  outMs: number | null;
}

interface Props {
  camera: CameraDetail;
  marks: Marks;
  onMarks: (marks: Marks) => void;
  onClose: () => void;
}

const LONGEST_MS = scale.HOUR_MS;
const USUAL_KBIT_S = 3_000;
const DEFAULT_MS = scale.MINUTE_MS;

/** Confirms what will be downloaded (length, size, holes) and asks why; the reason goes into the audit. */
export function ClipDialog({ camera, marks, onMarks, onClose }: Props) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const [span, setSpan] = useState(() => firstSpan(marks));
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const fromMs = scale.momentOf(span.fromDay, span.fromTime);
  const toMs = scale.momentOf(span.toDay, span.toTime);
  const lengthMs = fromMs === null || toMs === null ? 0 : toMs - fromMs;
  const badSpan =
    fromMs === null || toMs === null
      ? t('jump.not_a_time')
      : lengthMs <= 0
        ? t('clip.backwards')
        : lengthMs > LONGEST_MS
          ? t('clip.too_long')
          : '';
  const { data } = useQuery({
    queryKey: ['timeline', camera.id, fromMs, toMs],
    queryFn: ({ signal }) => fetchTimeline(camera.id, fromMs ?? 0, toMs ?? 0, signal),
    enabled: !badSpan,
  });
  const heldMs = recordedMs(data, fromMs ?? 0, toMs ?? 0);
  const bytes = ((camera.video?.kbit_s || USUAL_KBIT_S) * 1000 * heldMs) / 8000;
  const nothing = data !== undefined && heldMs === 0;

  const send = async () => {
    if (badSpan || fromMs === null || toMs === null) return;
    if (!reason.trim()) {
      setFailure(t('clip.reason_needed'));
      return;
    }
    setBusy(true);
    setFailure('');
    try {
      download(await clipUrl(camera.id, fromMs, toMs, reason.trim()));
      onMarks({ inMs: fromMs, outMs: toMs });
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const day = (key: 'fromDay' | 'toDay', label: string) => (
    <DateField label={label} value={span[key]} onChange={(value) => setSpan({ ...span, [key]: value })} />
  );
  const time = (key: 'fromTime' | 'toTime', label: string) => (
    <TimeField label={label} value={span[key]} onChange={(value) => setSpan({ ...span, [key]: value })} />
  );
  return (
    <Modal opened onClose={onClose} title={t('clip.title', { name: format.name(camera.name) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm">
            {day('fromDay', t('clip.from_day'))}
            {time('fromTime', t('clip.from_time'))}
            {day('toDay', t('clip.to_day'))}
            {time('toTime', t('clip.to_time'))}
          </SimpleGrid>
          {badSpan ? (
            <Text size="sm" c="red">
              {badSpan}
            </Text>
          ) : (
            <Text size="sm">{t('clip.size', { length: exactLength(lengthMs), bytes: format.bytes(bytes) })}</Text>
          )}
          {nothing && <Alert color="yellow">{t('clip.nothing')}</Alert>}
          {!nothing && data && lengthMs - heldMs > 2_000 && (
            <Alert color="yellow">{t('clip.holes', { length: exactLength(lengthMs - heldMs) })}</Alert>
          )}
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            label={t('clip.reason')}
            description={t('clip.reason_hint')}
            value={reason}
            error={failure}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={badSpan !== '' || nothing}>
              {t('clip.download')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );

  function exactLength(ms: number): string {
    const seconds = Math.round(ms / 1000);
    const pad = (value: number) => String(value).padStart(2, '0');
    return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  }
}

function firstSpan(marks: Marks) {
  const toMs = marks.outMs ?? (marks.inMs === null ? Date.now() - 5_000 : marks.inMs + DEFAULT_MS);
  const fromMs = marks.inMs ?? toMs - DEFAULT_MS;
  const time = (atMs: number) => new Date(atMs + scale.IST_OFFSET_MS).toISOString().slice(11, 19);
  return {
    fromDay: scale.isoDay(fromMs),
    fromTime: time(fromMs),
    toDay: scale.isoDay(toMs),
    // The second in which the mark lies belongs to the clip.
    toTime: time(toMs + 999),
  };
}

/** How much of a stretch is recorded, in milliseconds. */
export function recordedMs(data: TimelineData | undefined, fromMs: number, toMs: number): number {
  return (data?.recordings ?? []).reduce(
    (sum, [start, end]) => sum + Math.max(0, Math.min(end, toMs) - Math.max(start, fromMs)),
    0,
  );
}
