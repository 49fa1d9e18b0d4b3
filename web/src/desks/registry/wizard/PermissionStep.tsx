import { Alert, Checkbox, SegmentedControl, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import type { Draft } from './draft';
import type { StepProps } from './WizardPage';
import { useFormat } from '@/kit';
import { DateField, TimeField } from '@/media';

interface Order {
  id: string;
  authority: string;
  number: string;
  dated_on: string;
  title: string;
}

/** By whose leave: an authority's order for a public camera, the owner's consent for a private one. */
export function PermissionStep({ isPublic, ...props }: StepProps & { isPublic: boolean | null }) {
  const { t } = useTranslation('wizard');
  if (isPublic === null) return <Alert color="yellow">{t('owner_class_first')}</Alert>;
  return isPublic ? <OrderFields {...props} /> : <ConsentFields {...props} />;
}

function OrderFields({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const orders = useQuery({
    queryKey: ['orders', 'wizard'],
    queryFn: async () => (await api.get<{ items: Order[] }>('/orders', { limit: 500 })).items,
  }).data;
  const set = (part: Partial<Draft['order']>) => change({ order: { ...draft.order, ...part } });
  return (
    <Stack gap="md">
      <Alert variant="light">{t('order_why')}</Alert>
      <SegmentedControl
        aria-label={t('order')}
        value={draft.orderMode}
        onChange={(value) => change({ orderMode: value as 'existing' | 'new' })}
        data={[
          { value: 'existing', label: t('order_existing') },
          { value: 'new', label: t('order_new') },
        ]}
      />
      {draft.orderMode === 'existing' ? (
        <Select
          searchable
          label={t('order')}
          data={(orders ?? []).map((one) => ({
            value: one.id,
            label: `${one.number} · ${one.authority} · ${format.date(Date.parse(`${one.dated_on}T00:00:00+05:30`))} · ${one.title}`,
          }))}
          value={draft.orderId || null}
          error={errorOf('orderId')}
          nothingFoundMessage={t('order_none')}
          onChange={(orderId) => change({ orderId: orderId ?? '' })}
        />
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('authority')}
            value={draft.order.authority}
            error={errorOf('order.authority')}
            onChange={(event) => set({ authority: event.currentTarget.value })}
          />
          <TextInput
            label={t('order_number')}
            value={draft.order.number}
            error={errorOf('order.number')}
            onChange={(event) => set({ number: event.currentTarget.value })}
          />
          <TextInput
            label={t('order_title')}
            value={draft.order.title}
            error={errorOf('order.title')}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <DateField
            label={t('order_date')}
            value={draft.order.datedOn}
            error={errorOf('order.datedOn')}
            onChange={(datedOn) => set({ datedOn })}
          />
          <Select
            searchable
            label={t('department')}
            data={departments.map((row) => ({ value: row.code, label: format.name(row.name) }))}
            value={draft.order.department || null}
            error={errorOf('order.department')}
            onChange={(department) => set({ department: department ?? '' })}
          />
        </SimpleGrid>
      )}
    </Stack>
  );
}

function ConsentFields({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation('wizard');
  const { consent } = draft;
  const set = (part: Partial<Draft['consent']>) => change({ consent: { ...consent, ...part } });
  return (
    <Stack gap="md">
      <Alert variant="light">{t('consent_why')}</Alert>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('given_by')}
          description={t('given_by_hint')}
          value={consent.givenBy}
          error={errorOf('consent.givenBy')}
          onChange={(event) => set({ givenBy: event.currentTarget.value })}
        />
        <DateField
          label={t('given_on')}
          description={t('given_on_hint')}
          value={consent.givenOn}
          error={errorOf('consent.givenOn')}
          onChange={(givenOn) => set({ givenOn })}
        />
      </SimpleGrid>
      <Checkbox.Group label={t('scope')} error={errorOf('consent.scope')}>
        <Stack gap={6} mt={6}>
          <Checkbox label={t('scope_live')} checked={consent.live} onChange={() => set({ live: !consent.live })} />
          <Checkbox
            label={t('scope_record')}
            checked={consent.record}
            onChange={() => set({ record: !consent.record })}
          />
          <Checkbox
            label={t('scope_all_day')}
            checked={consent.allDay}
            onChange={() => set({ allDay: !consent.allDay })}
          />
        </Stack>
      </Checkbox.Group>
      {!consent.allDay && (
        <SimpleGrid cols={2} maw={420}>
          <TimeField
            short
            label={t('hours_from')}
            value={consent.fromTime}
            error={errorOf('consent.fromTime')}
            onChange={(fromTime) => set({ fromTime })}
          />
          <TimeField
            short
            label={t('hours_to')}
            value={consent.toTime}
            error={errorOf('consent.toTime')}
            onChange={(toTime) => set({ toTime })}
          />
        </SimpleGrid>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DateField
          label={t('valid_to')}
          description={t('valid_to_hint')}
          value={consent.validTo}
          error={errorOf('consent.validTo')}
          onChange={(validTo) => set({ validTo })}
        />
        <TextInput
          label={t('document_note')}
          description={t('document_note_hint')}
          value={consent.documentNote}
          onChange={(event) => set({ documentNote: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Stack>
  );
}
