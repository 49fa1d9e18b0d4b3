import {
  Anchor,
  Button,
  Group,
  Modal,
  Select,
  SimpleGrid,
  Text,
  Textarea,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import type { Page } from '@/api/types';
import { BilingualInput, ErrorState, FileInput, FileView, LoadingRows, newId, useFormat, type StoredFile } from '@/kit';
import { dayMs, today } from '../works/days';
import { FormModal } from '../works/FormModal';
import { PlaceFields, useOwnPlace } from '../works/PlaceFields';
import { Cards } from './Cards';
import classes from './outreach.module.css';
import { PremisesPicker, type Picked } from './PremisesPicker';
import { ANSWERS, type Answer, type Association, type AssociationDetail, type Code, type Meeting } from './types';

function useKinds() {
  return (
    useQuery({
      queryKey: ['outreach', 'association-kinds'],
      queryFn: async () => (await api.get<{ items: Code[] }>('/outreach/association-kinds')).items,
      staleTime: 300_000,
    }).data ?? []
  );
}

/** Associations, with who has consented among their members. */
export function Associations() {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const mayEdit = useCan('outreach.edit');
  const kinds = useKinds();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 250);
  const [kind, setKind] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Cards<Association>
        of="associations"
        path="/outreach/associations"
        query={{ q, kind: kind ?? undefined }}
        icon={IconUsersGroup}
        none={t('association.none')}
        hint={t('association.none_hint')}
        add={mayEdit ? { label: t('association.new'), onClick: () => setAdding(true) } : undefined}
        filters={
          <>
            <TextInput
              size="xs"
              w={190}
              aria-label={t('search')}
              placeholder={t('search')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Select
              size="xs"
              w={190}
              clearable
              aria-label={t('association.kind')}
              placeholder={t('association.kind')}
              data={kinds.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={kind}
              onChange={setKind}
            />
          </>
        }
      >
        {(row) => (
          <UnstyledButton className={classes.card} onClick={() => setOpen(row.id)}>
            <span className={classes.head}>
              <span className={classes.name}>{format.name(row.name)}</span>
              <span>
                {t('association.consented', {
                  consented: format.number(row.consented),
                  members: format.number(row.members),
                })}
              </span>
            </span>
            <span className={classes.faint}>
              {[
                format.name(row.kind.name),
                format.name(row.jurisdiction.name),
                t('association.meetings', { count: row.meetings, number: format.number(row.meetings) }),
                row.last_met_on && t('association.last_met', { day: format.date(dayMs(row.last_met_on)) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </UnstyledButton>
        )}
      </Cards>
      {open && <AssociationView id={open} onClose={() => setOpen(null)} />}
      {adding && <AssociationForm onClose={() => setAdding(false)} />}
    </>
  );
}

function AssociationView({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const mayEdit = useCan('outreach.edit');
  const [adding, setAdding] = useState<'meeting' | 'members' | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['outreach-associations', id],
    queryFn: () => api.get<AssociationDetail>(`/outreach/associations/${id}`),
  });
  const meetings = useQuery({
    queryKey: ['outreach-associations', id, 'meetings'],
    queryFn: () => api.get<Page<Meeting>>('/outreach/meetings', { association: id, limit: 100 }),
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={data ? format.name(data.name) : ''}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingRows />}
      {data && (
        <>
          <Text size="sm" c="dimmed">
            {[format.name(data.kind.name), data.address, format.name(data.jurisdiction.name)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {data.bearers.map((one) => (
            <Text key={one.id} size="sm">
              {[one.name, one.role].filter(Boolean).join(', ')}
              {one.mobile && (
                <>
                  {' · '}
                  <Anchor href={`tel:${one.mobile}`}>{one.mobile}</Anchor>
                </>
              )}
            </Text>
          ))}
          <Heading
            title={t('meeting.title')}
            add={mayEdit ? { label: t('meeting.new'), onClick: () => setAdding('meeting') } : undefined}
          />
          <ul className={classes.list}>
            {meetings.data?.items.map((one) => (
              <li key={one.id}>
                <MeetingCard meeting={one} />
              </li>
            ))}
          </ul>
          {meetings.data?.items.length === 0 && <Text size="sm">{t('meeting.none')}</Text>}
          <Heading
            title={t('association.members', { number: format.number(data.members) })}
            add={mayEdit ? { label: t('association.add_members'), onClick: () => setAdding('members') } : undefined}
          />
          <ul className={classes.list}>
            {data.member_rows.map((one) => (
              <li key={one.id} className={classes.head}>
                <span>
                  {format.name(one.name)}{' '}
                  <span className={classes.faint}>
                    {format.name(one.owner_class.name)} · {format.name(one.jurisdiction.name)}
                  </span>
                </span>
                <span className={classes.faint}>{one.step && t(`step.${one.step}`)}</span>
              </li>
            ))}
          </ul>
          {adding === 'meeting' && <MeetingForm association={id} onClose={() => setAdding(null)} />}
          {adding === 'members' && <MembersForm association={id} onClose={() => setAdding(null)} />}
        </>
      )}
    </Modal>
  );
}

function Heading({ title, add }: { title: string; add: { label: string; onClick: () => void } | undefined }) {
  return (
    <Group justify="space-between" mt="md" mb={6}>
      <Text fw={600}>{title}</Text>
      {add && (
        <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={add.onClick}>
          {add.label}
        </Button>
      )}
    </Group>
  );
}

function MeetingCard({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  return (
    <div className={classes.card}>
      <span className={classes.head}>
        <span className={classes.name}>
          {format.date(dayMs(meeting.held_on))}, {meeting.place}
        </span>
        <span>
          {t(meeting.window_open ? 'meeting.followed_so_far' : 'meeting.followed', {
            number: format.number(meeting.followed),
            days: format.number(meeting.followed_days),
          })}
        </span>
      </span>
      <span className={classes.faint}>
        {[t('meeting.attended', { number: format.number(meeting.attended) }), meeting.led_by, meeting.note]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {meeting.leads.map((lead) => (
        <div key={lead.premises.id} className={classes.head}>
          <span>
            {format.name(lead.premises.name)} <span className={classes.faint}>{lead.note}</span>
          </span>
          <span>
            <span className={classes.state} data-state={lead.answer}>
              {t(`answer.${lead.answer}`)}
            </span>
            <span className={classes.faint}>
              {lead.task_id && ` · ${t('meeting.visit_set')}`}
              {lead.step && ` · ${t(`step.${lead.step}`)}`}
            </span>
          </span>
        </div>
      ))}
      {meeting.photo_ids.length > 0 && <FileView files={meeting.photo_ids.map((id) => ({ id }))} />}
    </div>
  );
}

function useReread() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['outreach-associations'] });
}

function AssociationForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const reread = useReread();
  const kinds = useKinds();
  const own = useOwnPlace();
  const [values, setValues] = useState({
    ...own,
    kind: '',
    name: { en: '', hi: '' },
    address: '',
    bearer: { name: '', role: '', mobile: '' },
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const send = async () => {
    const { bearer, ...rest } = values;
    await api.post('/outreach/associations', { ...rest, bearers: bearer.name ? [bearer] : [] });
    await reread();
  };
  return (
    <FormModal title={t('association.new')} submit={t('save')} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <BilingualInput
            label={t('name')}
            required
            value={values.name}
            error={errors['name.en'] ?? errors.name}
            onChange={(name) => change({ name })}
          />
          <Select
            label={t('association.kind')}
            required
            data={kinds.filter((one) => one.active).map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.kind || null}
            error={errors.kind}
            onChange={(kind) => kind && change({ kind })}
          />
          <PlaceFields value={values} errors={errors} onChange={change} />
          <TextInput
            label={t('address')}
            value={values.address}
            error={errors.address}
            onChange={(event) => change({ address: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            {(['name', 'role', 'mobile'] as const).map((part) => (
              <TextInput
                key={part}
                label={t(`bearer.${part}`)}
                {...(part === 'mobile' ? { type: 'tel' } : {})}
                value={values.bearer[part]}
                error={errors[`bearers.0.${part}`]}
                onChange={(event) => change({ bearer: { ...values.bearer, [part]: event.currentTarget.value } })}
              />
            ))}
          </SimpleGrid>
        </>
      )}
    </FormModal>
  );
}

function MembersForm({ association, onClose }: { association: string; onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const reread = useReread();
  const [chosen, setChosen] = useState<Picked[]>([]);
  const send = async () => {
    await api.post(`/outreach/associations/${association}/members`, { premises: chosen.map((one) => one.id) });
    await reread();
  };
  return (
    <FormModal title={t('association.add_members')} submit={t('save')} onClose={onClose} onSend={send}>
      {(errors) => (
        <PremisesPicker
          label={t('premises')}
          required
          most={100}
          value={chosen}
          error={errors.premises}
          onChange={setChosen}
        />
      )}
    </FormModal>
  );
}

function MeetingForm({ association, onClose }: { association: string; onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const reread = useReread();
  const [key] = useState(newId);
  const [values, setValues] = useState({ held_on: today(), place: '', attended: '', led_by: '', note: '' });
  const [chosen, setChosen] = useState<Picked[]>([]);
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const [photos, setPhotos] = useState<StoredFile[]>([]);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    await api.post(`/outreach/associations/${association}/meetings`, {
      ...values,
      key,
      attended: Number(values.attended || 0),
      leads: chosen.map((one) => ({ premises: one.id, answer: answers[one.id] ?? 'maybe' })),
      photo_ids: photos.map((photo) => photo.id),
    });
    await reread();
  };
  return (
    <FormModal title={t('meeting.new')} submit={t('save')} busy={busy} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <SimpleGrid cols={2} spacing="sm">
            <TextInput
              type="date"
              label={t('meeting.held_on')}
              required
              max={today()}
              value={values.held_on}
              error={errors.held_on}
              onChange={(event) => setValues({ ...values, held_on: event.currentTarget.value })}
            />
            <TextInput
              label={t('meeting.attended_label')}
              inputMode="numeric"
              value={values.attended}
              error={errors.attended}
              onChange={(event) => setValues({ ...values, attended: event.currentTarget.value })}
            />
          </SimpleGrid>
          {(['place', 'led_by'] as const).map((name) => (
            <TextInput
              key={name}
              label={t(`meeting.${name}`)}
              required={name === 'place'}
              value={values[name]}
              error={errors[name]}
              onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            />
          ))}
          <PremisesPicker
            label={t('meeting.leads')}
            most={100}
            value={chosen}
            error={errors.leads}
            onChange={setChosen}
          />
          {chosen.map((one) => (
            <Group key={one.id} justify="space-between" wrap="nowrap">
              <Text size="sm">{format.name(one.name)}</Text>
              <Select
                size="xs"
                w={140}
                aria-label={t('meeting.answer_of', { name: format.name(one.name) })}
                data={ANSWERS.map((answer) => ({ value: answer, label: t(`answer.${answer}`) }))}
                value={answers[one.id] ?? 'maybe'}
                onChange={(answer) => answer && setAnswers({ ...answers, [one.id]: answer as Answer })}
              />
            </Group>
          ))}
          <Textarea
            label={t('note')}
            autosize
            value={values.note}
            error={errors.note}
            onChange={(event) => setValues({ ...values, note: event.currentTarget.value })}
          />
          <FileInput label={t('photos')} value={photos} onChange={setPhotos} onBusy={setBusy} />
        </>
      )}
    </FormModal>
  );
}
