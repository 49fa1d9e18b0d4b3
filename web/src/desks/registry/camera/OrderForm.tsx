import { Alert, Button, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import type { CameraDetail, Order, Page } from '@/api/types';
import { EmptyState, LoadingRows, useDraft, useFormat } from '@/kit';

interface Props {
  camera: CameraDetail;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** Putting a public camera under an authority's order: one that stands already, or one entered now. */
export function OrderForm({ camera, onClose, onDone }: Props) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const blank = {
    authority: '',
    number: '',
    dated_on: new Date().toISOString().slice(0, 10),
    title: '',
    document_note: '',
  };
  const { values, change, reset } = useDraft(`order.${camera.id}`, blank);
  const [way, setWay] = useState<'standing' | 'new'>('standing');
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const orders = useQuery({ queryKey: ['orders'], queryFn: () => api.get<Page<Order>>('/orders', { limit: 500 }) });
  const standing = orders.data?.items.filter(({ state }) => state === 'stands') ?? [];

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      if (way === 'standing') await api.post(`/orders/${chosen}/cameras`, { camera_ids: [camera.id] });
      else await api.post('/orders', { ...values, department: camera.department.code, camera_ids: [camera.id] });
      reset(blank);
      await onDone();
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const text = (name: keyof typeof blank, more: object = {}) => (
    <TextInput
      label={t(`order.${name}`)}
      error={errors[name]}
      value={values[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <Modal opened onClose={onClose} title={t('permit.add_order')}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            value={way}
            onChange={(next) => setWay(next as 'standing' | 'new')}
            data={[
              { value: 'standing', label: t('order.standing') },
              { value: 'new', label: t('order.new') },
            ]}
          />
          {way === 'standing' && orders.isPending && <LoadingRows rows={2} />}
          {way === 'standing' && orders.data && standing.length === 0 && (
            <EmptyState title={t('order.none')} hint={t('order.none_hint')} />
          )}
          {way === 'standing' && standing.length > 0 && (
            <Select
              label={t('order.which')}
              searchable
              value={chosen}
              onChange={setChosen}
              data={standing.map((order) => ({
                value: order.id,
                label: `${order.authority} ${order.number} · ${order.title} (${format.name(order.department.name)})`,
              }))}
            />
          )}
          {way === 'new' && (
            <>
              {text('authority', { required: true })}
              <Group grow align="flex-start">
                {text('number', { required: true })}
                {text('dated_on', { required: true, type: 'date' })}
              </Group>
              {text('title', { required: true })}
              {text('document_note')}
            </>
          )}
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={way === 'standing' && !chosen}>
              {t('permit.add_order')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
