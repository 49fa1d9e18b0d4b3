import { Button, Checkbox, Menu, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconLayersSubtract, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import type { Name } from '@/api/types';
import { FormModal } from '@/desks/works/FormModal';
import { BilingualInput, useFormat } from '@/kit';
import { salvosQuery, useWallActs } from './queries';
import type { Salvo, Screen } from './types';

/** Sets of what stands on several screens: switched with one press, kept from what is there now. */
export function SalvoMenu({ screens }: { screens: Screen[] }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const client = useQueryClient();
  const salvos = useQuery(salvosQuery).data ?? [];
  const { switchTo } = useWallActs();
  const [keeping, setKeeping] = useState(false);
  const [removing, setRemoving] = useState<Salvo | null>(null);
  const again = () => client.invalidateQueries({ queryKey: salvosQuery.queryKey });
  const switched = (salvo: Salvo) =>
    switchTo(salvo.id, (leftOut) =>
      leftOut > 0
        ? t('salvo.done_less', { name: format.name(salvo.name), number: format.number(leftOut) })
        : t('salvo.done', { name: format.name(salvo.name) }),
    ).catch((error: unknown) => notifications.show({ color: 'red', message: sentenceOf(error) }));
  return (
    <>
      <Menu width={300} position="bottom-end">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconLayersSubtract size={14} />}
            rightSection={<IconChevronDown size={14} />}
          >
            {t('salvo.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {salvos.length === 0 && <Menu.Label>{t('salvo.none')}</Menu.Label>}
          {salvos.map((one) => (
            <Menu.Item key={one.id} onClick={() => void switched(one)}>
              {format.name(one.name)}
              <Text size="xs" c="dimmed">
                {one.screens.map((screen) => format.name(screen.name)).join(', ')}
              </Text>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setKeeping(true)}>
            {t('salvo.keep')}
          </Menu.Item>
          {salvos.map((one) => (
            <Menu.Item key={one.id} color="red" leftSection={<IconTrash size={14} />} onClick={() => setRemoving(one)}>
              {t('salvo.delete', { name: format.name(one.name) })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {keeping && <KeepDialog screens={screens} onClose={() => setKeeping(false)} onDone={() => void again()} />}
      {removing && (
        <FormModal
          title={t('salvo.delete', { name: format.name(removing.name) })}
          submit={t('delete')}
          onClose={() => setRemoving(null)}
          onSend={async () => {
            await api.delete(`/salvos/${removing.id}`);
            await again();
          }}
        >
          {() => <Text size="sm">{t('salvo.delete_consequence')}</Text>}
        </FormModal>
      )}
    </>
  );
}

interface KeepProps {
  screens: Screen[];
  onClose: () => void;
  onDone: () => void;
}

function KeepDialog({ screens, onClose, onDone }: KeepProps) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const [name, setName] = useState<Name>({ en: '', hi: '' });
  const [chosen, setChosen] = useState(screens.map((one) => one.id));
  return (
    <FormModal
      title={t('salvo.keep')}
      submit={t('do_save')}
      busy={chosen.length === 0 || !name.en.trim() || !name.hi.trim()}
      onClose={onClose}
      onSend={async () => {
        await api.post('/salvos', { name, screens: chosen });
        onDone();
      }}
    >
      {(errors) => (
        <>
          <BilingualInput required label={t('salvo.name')} value={name} error={errors.name} onChange={setName} />
          <Checkbox.Group label={t('salvo.of')} value={chosen} error={errors.screens} onChange={setChosen}>
            <Stack gap={6} mt={6}>
              {screens.map((one) => (
                <Checkbox key={one.id} value={one.id} label={format.name(one.name)} />
              ))}
            </Stack>
          </Checkbox.Group>
        </>
      )}
    </FormModal>
  );
}
