import { Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconClockX,
  IconSend,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageRow } from './types';
import classes from './messages.module.css';

const ICONS: Record<MessageRow['state'], Icon> = {
  queued: IconClock,
  sending: IconSend,
  sent: IconCheck,
  delivered: IconChecks,
  failed: IconAlertTriangle,
  expired: IconClockX,
};

/** State of a message: a shape and a word, never colour alone. */
export function StateMark({ message }: { message: MessageRow }) {
  const { t } = useTranslation('messages');
  const Shape = ICONS[message.state];
  return (
    <span className={classes.state} data-state={message.state}>
      <Shape size={15} aria-hidden />
      {t(`state.${message.state}`)}
    </span>
  );
}

/** Why something has not gone out, with the technician's sentence under it. */
export function Why({ reason, detail }: { reason: string; detail?: string }) {
  const { t } = useTranslation('messages');
  if (!reason) return null;
  return (
    <>
      <Text size="sm">{t(`reason.${reason}`)}</Text>
      {detail && (
        <Text size="xs" c="dimmed" lang="en">
          {detail}
        </Text>
      )}
    </>
  );
}
