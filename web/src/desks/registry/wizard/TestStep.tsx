import { Alert, Button, Checkbox, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import classes from './wizard.module.css';
import type { StepProps } from './WizardPage';

export interface TestResult {
  ok: boolean;
  reason: string;
  detail: string;
  video: { codec?: string; width?: number; height?: number; fps?: number } | null;
  audio: { codec?: string } | null;
  jpeg_base64: string;
  elapsed_ms: number;
}

/** Connects once and shows the picture, or says why there is none and what to do. */
export function TestStep({
  draft,
  result,
  onResult,
}: StepProps & { result: TestResult | null; onResult: (result: TestResult) => void }) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const [present, setPresent] = useState(false);
  const [asked, setAsked] = useState(false);
  const test = useMutation({
    mutationFn: () =>
      api.post<TestResult>('/camera-tests', {
        url: draft.url.trim(),
        ...(draft.username || draft.password ? { username: draft.username, password: draft.password } : {}),
        owner_present: true,
      }),
    onSuccess: onResult,
  });
  const video = result?.video;
  return (
    <Stack gap="md">
      <Text size="sm">{t('test_why')}</Text>
      <Checkbox
        label={t('owner_present')}
        checked={present}
        error={asked && !present ? t('error.owner_present') : undefined}
        onChange={() => setPresent(!present)}
      />
      <div>
        <Button
          leftSection={<IconPlugConnected size={16} />}
          loading={test.isPending}
          onClick={() => {
            setAsked(true);
            if (present) test.mutate();
          }}
        >
          {t(result ? 'test_again' : 'test')}
        </Button>
      </div>
      {test.error && <Alert color="red">{sentenceOf(test.error)}</Alert>}
      {result && !result.ok && (
        <Alert color="red" title={t('test_failed')}>
          {t(`media:reason.${result.reason || 'bad_stream'}`)}
          {result.detail && (
            <Text size="xs" c="dimmed" mt={6} lang="en">
              {result.detail}
            </Text>
          )}
        </Alert>
      )}
      {result?.ok && (
        <figure className={classes.figure}>
          {result.jpeg_base64 && (
            <img
              className={classes.testPicture}
              src={`data:image/jpeg;base64,${result.jpeg_base64}`}
              alt={t('test_picture')}
            />
          )}
          <figcaption>
            {t('test_ok', { seconds: format.number(result.elapsed_ms / 1000, 1) })}{' '}
            {video && (
              <b>
                {(video.codec ?? '').toUpperCase()} {video.width} × {video.height}
                {video.fps ? ` · ${format.number(video.fps, 1)} fps` : ''}
              </b>
            )}
            {result.audio?.codec ? ` · ${t('with_sound')} ${result.audio.codec.toUpperCase()}` : ''}
          </figcaption>
          {video?.codec?.toLowerCase() === 'h265' && <Alert color="yellow">{t('h265_hint')}</Alert>}
        </figure>
      )}
    </Stack>
  );
}
