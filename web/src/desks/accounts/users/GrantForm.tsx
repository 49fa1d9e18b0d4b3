import { Alert, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { useFormat } from '@/kit';

/** From the widest to the narrowest. */
const LEVELS = ['state', 'division', 'district', 'city', 'zone', 'circle', 'police_station', 'police_post', 'ward'];

/** Giving one role for one jurisdiction, in one agency or in all of them. */
export function GrantForm({
  userId,
  onClose,
  onDone,
}: {
  userId: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const [role, setRole] = useState<string | null>(null);
  const [agency, setAgency] = useState<string | null>(null);
  const [jurisdiction, setJurisdiction] = useState<string | null>(null);
  const [validTo, setValidTo] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const roles = useQuery(codedQuery('roles')).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      await api.post(`/users/${userId}/grants`, {
        role,
        agency,
        jurisdiction,
        // The last day counts to its end, in India.
        valid_to_ms: validTo ? Date.parse(`${validTo}T23:59:59+05:30`) : null,
        reason: reason.trim(),
      });
      await onDone();
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('users.give_role')}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <Select
            label={t('users.role')}
            required
            data={roles.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={role}
            error={errors.role}
            onChange={setRole}
            searchable
          />
          <Select
            label={t('users.jurisdiction')}
            required
            searchable
            data={LEVELS.map((level) => ({
              group: t(`app:level.${level}`),
              items: areas
                .filter((one) => one.level === level)
                .map((one) => ({ value: one.path, label: format.name(one.name) })),
            })).filter(({ items }) => items.length > 0)}
            value={jurisdiction}
            error={errors.jurisdiction}
            onChange={setJurisdiction}
          />
          <Select
            label={t('users.agency')}
            placeholder={t('account.every_agency')}
            clearable
            data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={agency}
            error={errors.agency}
            onChange={setAgency}
          />
          <TextInput
            type="date"
            label={t('users.valid_to')}
            description={t('users.valid_to_hint')}
            error={errors.valid_to_ms}
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
          />
          <Textarea
            label={t('kit:reason_dialog.label')}
            autosize
            error={errors.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!role || !jurisdiction}>
              {t('users.give_role')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
