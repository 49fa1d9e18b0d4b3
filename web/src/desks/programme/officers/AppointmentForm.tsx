import { Button, Checkbox, Group, Modal, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { useDraft, useFormat } from '@/kit';
import { AreaSelect } from '../parts/AreaSelect';
import { Failure } from '../parts/Failure';
import { PersonSelect } from '../parts/PersonSelect';
import { today } from '../parts/words';
import { officesQuery, ranksQuery } from '../queries';
import { useSend } from '../useSend';

const EMPTY = {
  person: null as string | null,
  rank: null as string | null,
  office: null as string | null,
  area: null as string | null,
  agency: null as string | null,
  department: null as string | null,
  from: '',
  order: '',
  relieve: false,
};

/** Giving an office to somebody, by an order. */
export function AppointmentForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const { values, change, reset } = useDraft('appointment', { ...EMPTY, from: today() });
  // Numbers of people are not written into the browser's storage.
  const [mobile, setMobile] = useState('');
  const [mail, setMail] = useState('');
  const ranks = useQuery(ranksQuery).data ?? [];
  const offices = useQuery(officesQuery).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const submit = () =>
    send(async () => {
      await api.post('/appointments', {
        person_id: values.person,
        rank: values.rank,
        office: values.office,
        jurisdiction: values.area,
        agency: values.agency,
        department: values.department,
        from_day: values.from,
        order_reference: values.order.trim(),
        mobile: mobile.trim(),
        mail: mail.trim(),
        relieve: values.relieve,
      });
      reset({ ...EMPTY, from: today() });
      await client.invalidateQueries({ queryKey: ['appointments'] });
      await client.invalidateQueries({ queryKey: ['programme'] });
      onClose();
    });
  const coded = (rows: { code: string; name: { en: string; hi: string } }[]) =>
    rows.map((row) => ({ value: row.code, label: format.name(row.name) }));
  return (
    <Modal opened onClose={onClose} title={t('officer.add')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <PersonSelect
            label={t('officer.person')}
            required
            value={values.person}
            error={errors.person_id}
            onChange={(person) => change({ person })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t('officer.office')}
              required
              searchable
              data={coded(offices.filter((one) => one.active))}
              value={values.office}
              error={errors.office}
              onChange={(office) => change({ office })}
            />
            <Select
              label={t('officer.rank')}
              required
              searchable
              data={coded(ranks.filter((one) => one.active))}
              value={values.rank}
              error={errors.rank}
              onChange={(rank) => change({ rank })}
            />
            <AreaSelect
              label={t('officer.area')}
              required
              value={values.area}
              error={errors.jurisdiction}
              onChange={(area) => change({ area })}
            />
            <Select
              label={t('officer.agency')}
              placeholder={t('officer.every_agency')}
              clearable
              data={coded(agencies)}
              value={values.agency}
              error={errors.agency}
              onChange={(agency) => change({ agency })}
            />
            <Select
              label={t('ladder.department')}
              placeholder={t('officer.every_department')}
              clearable
              searchable
              data={coded(departments)}
              value={values.department}
              error={errors.department}
              onChange={(department) => change({ department })}
            />
            <TextInput
              type="date"
              label={t('officer.from')}
              required
              value={values.from}
              error={errors.from_day}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
          </SimpleGrid>
          <TextInput
            label={t('officer.order')}
            required
            value={values.order}
            error={errors.order_reference}
            onChange={(event) => change({ order: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              type="tel"
              label={t('officer.mobile')}
              description={t('officer.address_hint')}
              value={mobile}
              error={errors.mobile}
              onChange={(event) => setMobile(event.currentTarget.value)}
            />
            <TextInput
              type="email"
              label={t('officer.mail')}
              description={t('officer.address_hint')}
              value={mail}
              error={errors.mail}
              onChange={(event) => setMail(event.currentTarget.value)}
            />
          </SimpleGrid>
          <Checkbox
            label={t('officer.relieve')}
            checked={values.relieve}
            onChange={(event) => change({ relieve: event.currentTarget.checked })}
          />
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={!values.person || !values.office || !values.rank || !values.area}
            >
              {t('officer.appoint')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
