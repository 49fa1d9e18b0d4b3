import { Button, Group, Modal, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { BilingualInput, useDraft } from '@/kit';
import { AreaSelect } from '../parts/AreaSelect';
import { Failure } from '../parts/Failure';
import { today } from '../parts/words';
import { useSend } from '../useSend';

const EMPTY = {
  number: '',
  dated: '',
  sender: { en: '', hi: '' },
  subject: { en: '', hi: '' },
  deadline: '',
  area: null as string | null,
};

/** Entering an order; its points come after. */
export function OrderForm({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { t } = useTranslation('programme');
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const { values, change, reset } = useDraft('government-order', EMPTY);
  const submit = () =>
    send(async () => {
      const made = await api.post<{ id: string }>('/government-orders', {
        number: values.number.trim(),
        dated_on: values.dated,
        sender: values.sender,
        subject: values.subject,
        deadline: values.deadline || null,
        jurisdiction: values.area,
      });
      reset(EMPTY);
      await client.invalidateQueries({ queryKey: ['government-orders'] });
      onClose();
      onMade(made.id);
    });
  return (
    <Modal opened onClose={onClose} title={t('order.add')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <TextInput
              label={t('order.number')}
              required
              value={values.number}
              error={errors.number}
              onChange={(event) => change({ number: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('order.dated')}
              required
              max={today()}
              value={values.dated}
              error={errors.dated_on}
              onChange={(event) => change({ dated: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('order.deadline')}
              value={values.deadline}
              error={errors.deadline}
              onChange={(event) => change({ deadline: event.currentTarget.value })}
            />
          </SimpleGrid>
          <BilingualInput
            label={t('order.sender')}
            required
            value={values.sender}
            error={errors['sender.hi'] ?? errors['sender.en']}
            onChange={(sender) => change({ sender })}
          />
          <BilingualInput
            label={t('order.subject')}
            required
            value={values.subject}
            error={errors['subject.hi'] ?? errors['subject.en']}
            onChange={(subject) => change({ subject })}
          />
          <AreaSelect
            label={t('order.area')}
            required
            value={values.area}
            error={errors.jurisdiction}
            onChange={(area) => change({ area })}
          />
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!values.area}>
              {t('order.enter')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
