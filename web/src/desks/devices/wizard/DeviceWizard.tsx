import {
  Alert,
  Button,
  Checkbox,
  PasswordInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { Page, useFormat } from '@/kit';
import { PointPicker } from '@/desks/registry/map/PointPicker';
import classes from '@/desks/registry/wizard/wizard.module.css';
import { driftOf } from '../drift';
import type { DeviceFound, FilledAddress } from '../types';
import { cameraBody, changed, choicesOf, choicesOfTemplate, deviceBody, unnamed, type Choice } from './channels';
import { ChannelList } from './ChannelList';
import { DiscoverButton } from './DiscoverButton';
import { MakerFields } from './MakerFields';
import { PremisesSelect, type PickedPremises } from './PremisesSelect';
import { MAKE, siteFor } from './sites';
import { SiteSelect } from './SiteSelect';

type Way = 'onvif' | 'maker';
interface Done {
  cameras: { id: string; label: string }[];
}

/** Several cameras of one recorder at once: by ONVIF, or by the addresses that its maker is known for. */
export function Component() {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const [premises, setPremises] = useState<PickedPremises | null>(null);
  const [point, setPoint] = useState<[number, number] | null>(null);
  const [orderId, setOrderId] = useState('');
  const [site, setSite] = useState('');
  const [madeSite, setMadeSite] = useState('');
  const [way, setWay] = useState<Way>('onvif');
  const [url, setUrl] = useState('');
  const [account, setAccount] = useState({ username: '', password: '' });
  const [present, setPresent] = useState(false);
  const [found, setFound] = useState<DeviceFound | null>(null);
  const [choices, setChoices] = useState<Choice[]>([]);
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const owners = useQuery(codedQuery('owner-classes')).data;
  const isPublic = owners?.find((one) => one.code === premises?.ownerClass)?.public === true;

  const take = (next: Choice[], device: DeviceFound | null) => {
    setFound(device);
    setChoices(next);
    setTried(false);
  };
  const ask = useMutation({
    mutationFn: () =>
      api.post<DeviceFound>('/device-questions', { url: url.trim(), ...account, owner_present: present }),
    onSuccess: (device) => take(device.ok ? choicesOf(device) : [], device),
  });
  const chosen = choices.filter((one) => one.chosen);
  const save = useMutation({
    mutationFn: async (): Promise<Done> => {
      if (!premises || !point) return { cameras: [] };
      const siteId = (site === MAKE && madeSite) || (await siteFor(site, premises, point));
      if (site === MAKE) setMadeSite(siteId); // what is made is not made twice
      const common = { premisesId: premises.id, orderId, siteId, point, ...account };
      if (found) {
        const body = deviceBody(found, url.trim(), '', choices, common);
        const device = await api.post<{ channels: { camera: { id: string; reg_id: string } | null }[] }>(
          '/devices',
          body,
        );
        const made = device.channels.flatMap(({ camera }) => (camera ? [camera] : []));
        return { cameras: made.map((camera) => ({ id: camera.id, label: camera.reg_id })) };
      }
      const cameras: Done['cameras'] = [];
      for (const one of chosen) {
        const camera = await api.post<{ id: string; reg_id: string }>('/cameras', cameraBody(one, common));
        cameras.push({ id: camera.id, label: camera.reg_id });
        // What is made is not made twice, should one of the next be refused.
        setChoices((before) => changed(before, one.number, { chosen: false }));
      }
      return { cameras };
    },
    onSuccess: setDone,
  });
  const missing = unnamed(choices);
  const ready = premises !== null && point !== null && chosen.length > 0 && missing.length === 0;
  const drift = driftOf(found?.clock_drift_s ?? null);

  if (done) {
    return (
      <Page title={t('wizard.title')} padded>
        <div className={classes.wizard}>
          <Alert
            color="accent"
            title={t('wizard.done', { count: done.cameras.length, number: format.number(done.cameras.length) })}
          >
            {t('wizard.done_hint')}
          </Alert>
          <ul>
            {done.cameras.map((camera) => (
              <li key={camera.id}>
                <Link to={`/cameras/${camera.id}?tab=permit`}>{camera.label}</Link>
              </li>
            ))}
          </ul>
          <Button variant="default" component={Link} to="/cameras">
            {t('wizard.to_list')}
          </Button>
        </div>
      </Page>
    );
  }
  return (
    <Page title={t('wizard.title')} note={t('wizard.note')} padded>
      <Stack gap="md" className={classes.wizard}>
        <PremisesSelect
          value={premises}
          onChange={(next) => {
            setPremises(next);
            setPoint(next?.point ?? null);
            setSite('');
            setMadeSite('');
          }}
        />
        {premises && !premises.point && (
          <div>
            <Text size="sm">{t('wizard.point')}</Text>
            <PointPicker value={point} onChange={setPoint} height={280} />
          </div>
        )}
        {premises && <SiteSelect premises={premises} value={site} onChange={setSite} />}
        {premises && isPublic && <OrderSelect value={orderId} onChange={setOrderId} />}
        <SegmentedControl
          aria-label={t('wizard.way')}
          value={way}
          onChange={(next) => {
            setWay(next as Way);
            take([], null);
          }}
          data={[
            { value: 'onvif', label: t('wizard.by_onvif') },
            { value: 'maker', label: t('wizard.by_maker') },
          ]}
        />
        {way === 'onvif' && (
          <>
            <TextInput
              label={t('wizard.address')}
              description={t('wizard.address_hint')}
              spellCheck={false}
              autoCapitalize="off"
              inputMode="url"
              value={url}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <DiscoverButton onPick={setUrl} />
          </>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('wizard.username')}
            autoComplete="off"
            value={account.username}
            onChange={(event) => setAccount({ ...account, username: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('wizard.password')}
            autoComplete="new-password"
            value={account.password}
            onChange={(event) => setAccount({ ...account, password: event.currentTarget.value })}
          />
        </SimpleGrid>
        {way === 'maker' ? (
          <MakerFields onAddresses={(addresses: FilledAddress[]) => take(choicesOfTemplate(addresses), null)} />
        ) : (
          <>
            <Checkbox label={t('wizard.owner_present')} checked={present} onChange={() => setPresent(!present)} />
            <div>
              <Button
                leftSection={<IconPlugConnected size={16} />}
                loading={ask.isPending}
                disabled={!url.trim() || !present}
                onClick={() => ask.mutate()}
              >
                {t('wizard.ask')}
              </Button>
            </div>
          </>
        )}
        {ask.error && <Alert color="red">{sentenceOf(ask.error)}</Alert>}
        {found && !found.ok && (
          <Alert color="red" title={t('wizard.failed')} role="alert">
            {found.reason === 'not_found' ? t('wizard.not_found') : t(`media:reason.${found.reason || 'bad_stream'}`)}
            <Text size="xs" c="dimmed" lang="en">
              {found.detail}
            </Text>
          </Alert>
        )}
        {found?.ok && (
          <Text size="sm" role="status">
            {t('wizard.found', {
              device: [found.make, found.model].filter(Boolean).join(' '),
              count: found.channels.length,
              number: format.number(found.channels.length),
            })}{' '}
            {drift &&
              !drift.isRight &&
              t(drift.isAhead ? 'card.clock_ahead' : 'card.clock_behind', { length: format.length(drift.size_ms) })}
          </Text>
        )}
        {choices.length > 0 && (
          <>
            <Alert variant="light" p="xs">
              {t('wizard.consented_only')}
            </Alert>
            <ChannelList
              choices={choices}
              missing={tried ? missing : []}
              onChange={(number, part) => setChoices((before) => changed(before, number, part))}
            />
          </>
        )}
        {save.error && (
          <Alert color="red" role="alert">
            {sentenceOf(save.error)}
          </Alert>
        )}
        <div className={classes.foot}>
          <Button variant="default" component={Link} to="/cameras/new">
            {t('wizard.single')}
          </Button>
          <Button
            loading={save.isPending}
            disabled={chosen.length === 0}
            onClick={() => {
              setTried(true);
              if (ready) save.mutate();
            }}
          >
            {t('wizard.save', { count: chosen.length, number: format.number(chosen.length) })}
          </Button>
        </div>
        {tried && !ready && (
          <Text size="sm" c="red" role="alert">
            {t(premises === null ? 'wizard.need_premises' : point === null ? 'wizard.need_point' : 'wizard.need_names')}
          </Text>
        )}
      </Stack>
    </Page>
  );
}

function OrderSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('devices');
  const orders = useQuery({
    queryKey: ['orders', 'devices'],
    queryFn: async () =>
      (
        await api.get<{ items: { id: string; authority: string; number: string; title: string; state: string }[] }>(
          '/orders',
          { limit: 200 },
        )
      ).items,
  }).data;
  return (
    <Select
      searchable
      clearable
      label={t('wizard.order')}
      description={t('wizard.order_hint')}
      data={(orders ?? []).map((one) => ({ value: one.id, label: `${one.authority} ${one.number} · ${one.title}` }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
