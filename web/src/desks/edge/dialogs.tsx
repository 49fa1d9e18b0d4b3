import { Button, CopyButton, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import type { Name, Page } from '@/api/types';
import { FormModal } from '@/desks/works/FormModal';
import { useFormat, useNow } from '@/kit';
import type { EdgeCode, EdgeSite } from './types';
import classes from './edge.module.css';

interface Found {
  id: string;
  reg_id?: string;
  name: Name;
}

/** Finds rows of a list by what is typed. */
function Finder(props: {
  path: string;
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 180);
  const found =
    useQuery({
      queryKey: ['edge', 'find', props.path, q],
      queryFn: async () => (await api.get<Page<Found>>(props.path, { q, limit: 20 })).items,
    }).data ?? [];
  return (
    <Select
      required
      searchable
      label={props.label}
      placeholder={t('find.search')}
      nothingFoundMessage={t('find.nothing')}
      data={found.map((one) => ({
        value: one.id,
        label: [format.name(one.name), one.reg_id].filter(Boolean).join(' · '),
      }))}
      filter={({ options }) => options}
      value={props.value || null}
      error={props.error}
      onSearchChange={setTyped}
      onChange={(next) => props.onChange(next ?? '')}
    />
  );
}

export function MakeSite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('edge');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [premises, setPremises] = useState('');
  return (
    <FormModal
      askWhy
      title={t('make.title')}
      submit={t('make.submit')}
      busy={!name.trim() || !premises}
      onClose={onClose}
      onSend={async (reason) => {
        const made = await api.post<EdgeSite>('/edge-sites', { name, premises, reason });
        await client.invalidateQueries({ queryKey: ['edge'] });
        void navigate(`/edge-sites/${made.id}`);
      }}
    >
      {(errors) => (
        <>
          <TextInput
            required
            label={t('make.name')}
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Finder
            path="/premises"
            label={t('make.premises')}
            value={premises}
            error={errors.premises}
            onChange={setPremises}
          />
        </>
      )}
    </FormModal>
  );
}

/** The code is shown once, with the picture that a phone reads and the command to type. */
export function CodeDialog({ code, onClose }: { code: EdgeCode; onClose: () => void }) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const now = useNow();
  const left = code.expires_ms - now;
  return (
    <Modal opened onClose={onClose} title={t('code.title')} size="lg">
      <Stack gap="sm">
        <Text size="sm">{t('code.how')}</Text>
        <Group align="start" gap="lg">
          <img
            className={classes.qr}
            alt={t('code.picture')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(code.qr)}`}
          />
          <Stack gap={6} style={{ flex: 1, minWidth: 220 }}>
            <div className={classes.facts}>{t('code.code')}</div>
            <div className={classes.code}>{code.code}</div>
            <div className={classes.facts}>{t('code.centre')}</div>
            <div>{code.centre}</div>
            {code.pin && (
              <>
                <div className={classes.facts}>{t('code.pin')}</div>
                <div className={classes.pin}>{code.pin}</div>
              </>
            )}
            <div className={classes.facts}>
              {left > 0 ? t('code.left', { length: format.length(left) }) : t('code.over')}
            </div>
            <CopyButton value={`prahari-edge enrol '${code.ticket}'`}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" onClick={copy}>
                  {t(copied ? 'code.copied' : 'code.copy')}
                </Button>
              )}
            </CopyButton>
          </Stack>
        </Group>
      </Stack>
    </Modal>
  );
}

export function AttachCamera({ site, name, onClose }: { site: EdgeSite; name: string; onClose: () => void }) {
  const { t } = useTranslation('edge');
  const client = useQueryClient();
  const [camera, setCamera] = useState('');
  return (
    <FormModal
      askWhy
      title={t('attach.title', { name })}
      submit={t('attach.submit')}
      busy={!camera}
      onClose={onClose}
      onSend={async (reason) => {
        await api.post(`/edge-sites/${site.id}/cameras`, { camera_id: camera, local_name: name, reason });
        await client.invalidateQueries({ queryKey: ['edge'] });
      }}
    >
      {(errors) => (
        <>
          <Text size="sm">{t('attach.consequence')}</Text>
          <Finder
            path="/cameras"
            label={t('attach.camera')}
            value={camera}
            error={errors.camera_id ?? errors.local_name}
            onChange={setCamera}
          />
        </>
      )}
    </FormModal>
  );
}

export function EditSite({ site, onClose }: { site: EdgeSite; onClose: () => void }) {
  const { t } = useTranslation('edge');
  const client = useQueryClient();
  const [name, setName] = useState(site.name);
  const [rate, setRate] = useState<number | ''>(site.up_kbit_s ?? '');
  const [month, setMonth] = useState<number | ''>(site.month_mb ?? '');
  return (
    <FormModal
      askWhy
      title={t('edit.title')}
      submit={t('edit.submit')}
      onClose={onClose}
      onSend={async (reason) => {
        await api.patch(`/edge-sites/${site.id}`, {
          name,
          up_kbit_s: rate === '' ? null : rate,
          month_mb: month === '' ? null : month,
          edited_ms: site.edited_ms,
          reason,
        });
        await client.invalidateQueries({ queryKey: ['edge'] });
      }}
    >
      {(errors) => (
        <>
          <TextInput
            required
            label={t('make.name')}
            value={name}
            error={errors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NumberInput
            min={0}
            allowDecimal={false}
            label={t('edit.rate')}
            description={t('edit.rule')}
            value={rate}
            error={errors.up_kbit_s}
            onChange={(next) => setRate(typeof next === 'number' ? next : '')}
          />
          <NumberInput
            min={0}
            allowDecimal={false}
            label={t('edit.month')}
            description={t('edit.month_hint')}
            value={month}
            error={errors.month_mb}
            onChange={(next) => setMonth(typeof next === 'number' ? next : '')}
          />
        </>
      )}
    </FormModal>
  );
}
