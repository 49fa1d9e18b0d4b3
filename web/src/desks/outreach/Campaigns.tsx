import { Modal, MultiSelect, Select, SimpleGrid, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery, useCan } from '@/api/queries';
import { BilingualInput, ErrorState, FileInput, FileView, LoadingRows, newId, useFormat, type StoredFile } from '@/kit';
import { ChartFrame } from '@/kit/charts';
import { dayMs, today } from '../works/days';
import { FormModal } from '../works/FormModal';
import { formatMoney } from '../works/money';
import { PlaceFields, useOwnPlace } from '../works/PlaceFields';
import { Cards } from './Cards';
import classes from './outreach.module.css';
import type { Campaign, CampaignDetail, Code, Followed } from './types';

function useChannels() {
  return (
    useQuery({
      queryKey: ['outreach', 'channels'],
      queryFn: async () => (await api.get<{ items: Code[] }>('/outreach/channels')).items,
      staleTime: 300_000,
    }).data ?? []
  );
}

/** Campaigns: where, to whom, with what reach; opened, the consents that followed. */
export function Campaigns() {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const mayEdit = useCan('outreach.edit');
  const channels = useChannels();
  const [channel, setChannel] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Cards<Campaign>
        of="campaigns"
        path="/outreach/campaigns"
        query={{ channel: channel ?? undefined }}
        icon={IconSpeakerphone}
        none={t('campaign.none')}
        hint={t('campaign.none_hint')}
        add={mayEdit ? { label: t('campaign.new'), onClick: () => setAdding(true) } : undefined}
        filters={
          <Select
            size="xs"
            w={190}
            clearable
            aria-label={t('campaign.channel')}
            placeholder={t('campaign.channel')}
            data={channels.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={channel}
            onChange={setChannel}
          />
        }
      >
        {(row) => (
          <UnstyledButton className={classes.card} onClick={() => setOpen(row.id)}>
            <span className={classes.head}>
              <span className={classes.name}>{format.name(row.title)}</span>
              <span>
                {t('span', { first: format.date(dayMs(row.first_day)), last: format.date(dayMs(row.last_day)) })}
              </span>
            </span>
            <Facts row={row} />
          </UnstyledButton>
        )}
      </Cards>
      {open && <CampaignView id={open} onClose={() => setOpen(null)} />}
      {adding && <CampaignForm onClose={() => setAdding(false)} />}
    </>
  );
}

function Facts({ row }: { row: Campaign }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const classNames = row.owner_classes.map(
    (code) => format.name(owners.find((one) => one.code === code)?.name) || code,
  );
  return (
    <span className={classes.faint}>
      {[
        format.name(row.channel.name),
        row.place || format.name(row.jurisdiction.name),
        classNames.join(', ') || row.audience,
        row.reach !== null && t('campaign.reached', { number: format.number(row.reach), how: row.reach_how }),
        row.cost_paise !== null && formatMoney(row.cost_paise, format, t),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}

function CampaignView({ id, onClose }: { id: string; onClose: () => void }) {
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ['outreach-campaigns', id],
    queryFn: () => api.get<CampaignDetail>(`/outreach/campaigns/${id}`),
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={data ? format.name(data.title) : ''}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingRows />}
      {data && (
        <>
          <Facts row={data} />
          {data.note && <p className={classes.words}>{data.note}</p>}
          <FollowedChart followed={data.followed} first={data.first_day} />
          {data.media_ids.length > 0 && <FileView files={data.media_ids.map((one) => ({ id: one }))} />}
        </>
      )}
    </Modal>
  );
}

const HEIGHT_PX = 150;

/** Consents by day: as many days before the campaign as since, told apart by colour and by the line between. */
function FollowedChart({ followed, first }: { followed: Followed; first: string }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const { ref, width } = useElementSize();
  const days = followed.by_day;
  const most = Math.max(1, ...days.map((one) => one.consents));
  const step = width / Math.max(1, days.length);
  const floor = HEIGHT_PX - 18;
  const begin = days.findIndex((one) => one.day >= first);
  return (
    <ChartFrame
      title={t('followed.title')}
      summary={t(followed.window_open ? 'followed.so_far' : 'followed.summary', {
        before: format.number(followed.before),
        after: format.number(followed.after),
        days: format.number(followed.days),
      })}
      table={{
        columns: [t('followed.day'), t('followed.consents')],
        rows: days.map((one) => [format.date(dayMs(one.day)), format.number(one.consents)]),
      }}
    >
      <div ref={ref}>
        {width > 0 && (
          <svg className={classes.chart} width={width} height={HEIGHT_PX} aria-hidden>
            {days.map((one, at) => {
              const height = (one.consents / most) * (floor - 12);
              return (
                <rect
                  key={one.day}
                  className={at < begin ? classes.before : classes.after}
                  x={at * step + 0.5}
                  width={Math.max(1, step - 1)}
                  y={floor - height}
                  height={height}
                />
              );
            })}
            <line x1={0} x2={width} y1={floor} y2={floor} stroke="var(--line)" />
            <line x1={begin * step} x2={begin * step} y1={0} y2={floor} stroke="var(--text)" strokeDasharray="4 3" />
            <text x={0} y={HEIGHT_PX - 4}>
              {format.date(dayMs(followed.first))}
            </text>
            <text x={width} y={HEIGHT_PX - 4} textAnchor="end">
              {format.date(dayMs(followed.last))}
            </text>
            <text x={0} y={10}>
              {format.number(most)}
            </text>
          </svg>
        )}
        <Text size="xs" c="dimmed">
          {t('followed.honest')}
          {followed.at_the_same_time > 0 &&
            ` ${t('followed.others', {
              count: followed.at_the_same_time,
              number: format.number(followed.at_the_same_time),
            })}`}
        </Text>
      </div>
    </ChartFrame>
  );
}

function CampaignForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const client = useQueryClient();
  const channels = useChannels();
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const own = useOwnPlace();
  const [key] = useState(newId);
  const [values, setValues] = useState({
    ...own,
    channel: '',
    title: { en: '', hi: '' },
    first_day: today(),
    last_day: today(),
    place: '',
    owner_classes: [] as string[],
    audience: '',
    reach: '',
    reach_how: '',
    rupees: '',
    note: '',
  });
  const [media, setMedia] = useState<StoredFile[]>([]);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const whole = (typed: string) => (typed.trim() ? Number(typed.replaceAll(',', '')) : null);
  const send = async () => {
    const { rupees, reach, ...rest } = values;
    const cost = whole(rupees);
    await api.post('/outreach/campaigns', {
      ...rest,
      key,
      reach: whole(reach),
      cost_paise: cost === null ? null : Math.round(cost * 100),
      media_ids: media.map((one) => one.id),
    });
    await client.invalidateQueries({ queryKey: ['outreach-campaigns'] });
  };
  return (
    <FormModal title={t('campaign.new')} submit={t('save')} busy={busy} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <BilingualInput
            label={t('campaign.title')}
            required
            value={values.title}
            error={errors['title.en'] ?? errors.title}
            onChange={(title) => change({ title })}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              label={t('campaign.channel')}
              required
              data={channels
                .filter((one) => one.active)
                .map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.channel || null}
              error={errors.channel}
              onChange={(channel) => channel && change({ channel })}
            />
            {(['first_day', 'last_day'] as const).map((name) => (
              <TextInput
                key={name}
                type="date"
                label={t(`campaign.${name}`)}
                required
                value={values[name]}
                error={errors[name]}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
          <PlaceFields value={values} errors={errors} onChange={change} />
          <MultiSelect
            label={t('campaign.owner_classes')}
            description={t('campaign.owner_classes_hint')}
            data={owners.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.owner_classes}
            error={errors.owner_classes}
            searchable
            onChange={(owner_classes) => change({ owner_classes })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {(['place', 'audience', 'reach', 'reach_how', 'rupees'] as const).map((name) => (
              <TextInput
                key={name}
                label={t(`campaign.${name}`)}
                required={name === 'reach_how' && values.reach !== ''}
                {...(name === 'reach' || name === 'rupees' ? { inputMode: 'numeric' as const } : {})}
                value={values[name]}
                error={errors[name === 'rupees' ? 'cost_paise' : name]}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
          <Textarea
            label={t('note')}
            autosize
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
          <FileInput
            label={t('campaign.media')}
            kinds={['image', 'pdf', 'video']}
            value={media}
            onChange={setMedia}
            onBusy={setBusy}
          />
        </>
      )}
    </FormModal>
  );
}
