import { Button, Paper, Progress, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { liveness } from '@/api/liveness';
import { useCan } from '@/api/queries';
import { useNow, useShortcut } from '@/kit';
import { myShiftQuery, SHIFTS } from '../queries';
import type { MyShift } from '../types';
import classes from '../shifts.module.css';

/** A calm question at moments drawn by chance: is somebody at the desk? One key answers it. */
export function AttentionPrompt() {
  const onPosts = useCan('shift.view');
  const check = useQuery({ ...myShiftQuery, enabled: onPosts }).data?.check;
  return check ? <Question key={check.id} check={check} /> : null;
}

function Question({ check }: { check: NonNullable<MyShift['check']> }) {
  const { t } = useTranslation('shifts');
  const client = useQueryClient();
  const now = useNow() + liveness.clockOffset_ms;
  const [whole_ms] = useState(() => Math.max(1, check.due_ms - Date.now() - liveness.clockOffset_ms));
  const [answered, setAnswered] = useState(false);
  const left_ms = check.due_ms - now;

  useEffect(() => {
    // Untold, it counts as a question that nobody could see: the centre needs no error here.
    api.post(`/attention/checks/${check.id}/shown`).catch(() => undefined);
  }, [check.id]);
  const answer = () => {
    setAnswered(true);
    api
      .post(`/attention/checks/${check.id}/answer`)
      .catch(() => setAnswered(false))
      .finally(() => void client.invalidateQueries({ queryKey: SHIFTS }));
  };
  useShortcut(' ', t('prompt.key'), answer, !answered && left_ms > 0);
  if (answered || left_ms <= 0) return null;
  return (
    <Paper className={classes.prompt} withBorder p="md" role="alertdialog" aria-label={t('prompt.question')}>
      <Text fw={600}>{t('prompt.question')}</Text>
      <Text size="sm" c="dimmed">
        {t('prompt.how')}
      </Text>
      <Progress value={(100 * left_ms) / whole_ms} size="xs" transitionDuration={900} aria-hidden />
      <Button size="sm" variant="light" onClick={answer}>
        {t('prompt.here')}
      </Button>
    </Paper>
  );
}
