import { Alert, Select, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { FormModal } from '@/desks/works/FormModal';
import { LoadingRows, newId, useDraft, useFormat } from '@/kit';
import { ItemList } from './Items';
import { itemsQuery, myShiftQuery, peopleQuery, SHIFTS } from './queries';
import type { Duty, Handover, MyShift } from './types';

export type Asking =
  | { kind: 'hand_over'; duty: Duty }
  | { kind: 'break'; duty: Duty }
  | { kind: 'sign_off'; duty: Duty }
  | { kind: 'take'; handover: Handover };

interface Props {
  asking: Asking;
  mine: MyShift;
  onClose: () => void;
}

/** The forms of a duty. */
export function Took({ asking, mine, onClose }: Props) {
  switch (asking.kind) {
    case 'hand_over':
      return <HandOver duty={asking.duty} onClose={onClose} />;
    case 'break':
      return <Break duty={asking.duty} mine={mine} onClose={onClose} />;
    case 'sign_off':
      return <SignOff duty={asking.duty} onClose={onClose} />;
    case 'take':
      return <Take handover={asking.handover} onClose={onClose} />;
  }
}

function useSend() {
  const client = useQueryClient();
  return async (path: string, body: Record<string, unknown>) => {
    const mine = await api.post<MyShift>(path, body);
    client.setQueryData(myShiftQuery.queryKey, mine);
    await client.invalidateQueries({ queryKey: SHIFTS });
  };
}

function HandOver({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const send = useSend();
  const items = useQuery(itemsQuery(duty.id));
  const { values, change, reset } = useDraft(`shifts.hand-over.${duty.id}`, { note: '' });
  return (
    <FormModal
      title={t('hand_over.title')}
      submit={t('act.hand_over')}
      busy={values.note.trim().length < 3}
      onClose={onClose}
      onSend={async () => {
        await send(`/duties/${duty.id}/hand-over`, { note: values.note.trim() });
        reset({ note: '' });
      }}
    >
      {(errors) => (
        <>
          <Textarea
            data-autofocus
            autosize
            minRows={5}
            maxRows={14}
            label={t('hand_over.note')}
            description={t('hand_over.note_hint')}
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
          <Text size="sm" fw={600}>
            {t('hand_over.open')}
          </Text>
          {items.data ? <ItemList items={items.data} /> : <LoadingRows rows={2} />}
          <Text size="xs" c="dimmed">
            {t('hand_over.consequence')}
          </Text>
        </>
      )}
    </FormModal>
  );
}

function Break({ duty, mine, onClose }: { duty: Duty; mine: MyShift; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const send = useSend();
  const post = mine.posts.find((one) => one.code === duty.post);
  const people = useQuery({ ...peopleQuery(post?.id ?? ''), enabled: post !== undefined }).data ?? [];
  const [cover, setCover] = useState<string | null>(null);
  const others = people
    .filter((one) => one.id !== duty.person.id)
    .sort((a, b) => Number(b.on_duty_at !== '') - Number(a.on_duty_at !== ''));
  return (
    <FormModal
      title={t('break.title')}
      submit={t('act.break')}
      busy={!cover}
      onClose={onClose}
      onSend={() => send(`/duties/${duty.id}/break`, { cover })}
    >
      {(errors) => (
        <Select
          data-autofocus
          searchable
          label={t('break.cover')}
          description={t('break.cover_hint')}
          nothingFoundMessage={t('nobody')}
          data={others.map((one) => ({
            value: one.id,
            label: one.on_duty_at ? t('break.at', { name: one.name, post: one.on_duty_at }) : one.name,
          }))}
          value={cover}
          error={errors.cover}
          onChange={setCover}
        />
      )}
    </FormModal>
  );
}

function SignOff({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const send = useSend();
  const [reason, setReason] = useState('');
  const needsReason = duty.state === 'on';
  return (
    <FormModal
      title={t('sign_off.title')}
      submit={t('act.sign_off')}
      busy={needsReason && reason.trim().length < 3}
      onClose={onClose}
      onSend={() => send(`/duties/${duty.id}/sign-off`, { reason: reason.trim() })}
    >
      {(errors) => (
        <>
          {needsReason && (
            <Alert color="yellow" variant="light" p="xs">
              {t('sign_off.warning')}
            </Alert>
          )}
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            required={needsReason}
            label={t('sign_off.reason')}
            value={reason}
            error={errors.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}

function Take({ handover, onClose }: { handover: Handover; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const send = useSend();
  const [remark, setRemark] = useState('');
  const [key] = useState(newId);
  return (
    <FormModal
      title={t('take.title', { name: handover.given_by.name })}
      submit={t('act.accept')}
      onClose={onClose}
      onSend={() => send(`/shift-handovers/${handover.id}/accept`, { key, remark: remark.trim() })}
    >
      {(errors) => (
        <>
          <Text size="xs" c="dimmed">
            {format.name(handover.post_name)} · {format.when(handover.offered_ms)}
          </Text>
          <Text style={{ whiteSpace: 'pre-wrap' }}>{handover.note}</Text>
          <ItemList items={handover.items} />
          <Textarea
            autosize
            label={t('take.remark')}
            maxLength={1000}
            value={remark}
            error={errors.remark}
            onChange={(event) => setRemark(event.currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            {t('take.consequence')}
          </Text>
        </>
      )}
    </FormModal>
  );
}
