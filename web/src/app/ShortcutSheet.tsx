import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '@/kit/shortcuts';

const onMac = navigator.platform.startsWith('Mac');

export function Keys({ keys }: { keys: string }) {
  return (
    <Group gap={4} wrap="nowrap" component="span">
      {keys.split(' ').map((step, at) => (
        <Kbd key={at} size="xs">
          {step
            .replace('mod+', onMac ? '⌘ ' : 'Ctrl ')
            .replace('Arrow', '')
            .replace(/\b[a-z]$/, (letter) => letter.toUpperCase())}
        </Kbd>
      ))}
    </Group>
  );
}

/** Every key that works on the page now open. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('app');
  const shortcuts = useShortcuts((state) => state.shortcuts);
  const byLabel = new Map<string, Set<string>>();
  for (const { label, keys } of shortcuts) byLabel.set(label, (byLabel.get(label) ?? new Set()).add(keys));
  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts.title')} size="md">
      <Stack gap={6}>
        {[...byLabel].map(([label, keys]) => (
          <Group key={label} justify="space-between" wrap="nowrap">
            <Text size="sm">{label}</Text>
            <Group gap={10} wrap="nowrap">
              {[...keys].map((one) => (
                <Keys key={one} keys={one} />
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
