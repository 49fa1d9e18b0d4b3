import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function UndoNote({ message, onUndo }: { message: string; onUndo: () => void | Promise<void> }) {
  const { t } = useTranslation('wall');
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button size="compact-xs" variant="default" onClick={() => void onUndo()}>
        {t('undo')}
      </Button>
    </Group>
  );
}
