import { Button, Checkbox, Group, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { IconQuote } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { FileInput, FileView, newId, ReasonDialog, useFormat, type StoredFile } from '@/kit';
import { dayMs } from '../works/days';
import { FormModal } from '../works/FormModal';
import { Cards } from './Cards';
import classes from './outreach.module.css';
import { PremisesPicker, type Picked } from './PremisesPicker';
import { USES, type Testimonial, type Use } from './types';

type Asked = { row: Testimonial; act: 'approve' | 'reject' | 'withdraw' };

function useReread() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['outreach-testimonials'] }),
      client.invalidateQueries({ queryKey: ['outreach-vault'] }),
    ]);
}

/** What owners say, played back, reviewed, and taken back whenever they wish. */
export function Testimonials() {
  const { t } = useTranslation('outreach');
  const mayEdit = useCan('outreach.edit');
  const reread = useReread();
  const [state, setState] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const decide = async (reason: string) => {
    if (!asked) return;
    const { row, act } = asked;
    const path = `/outreach/testimonials/${row.id}`;
    if (act === 'withdraw') await api.post(`${path}/withdraw`, { reason });
    else await api.post(`${path}/review`, { approve: act === 'approve', note: reason, edited_ms: row.edited_ms });
    await reread();
  };
  return (
    <>
      <Cards<Testimonial>
        of="testimonials"
        path="/outreach/testimonials"
        query={{ state: state ?? undefined }}
        icon={IconQuote}
        none={t('testimonial.none')}
        hint={t('testimonial.none_hint')}
        add={mayEdit ? { label: t('testimonial.new'), onClick: () => setAdding(true) } : undefined}
        filters={
          <Select
            size="xs"
            w={170}
            clearable
            aria-label={t('testimonial.state_label')}
            placeholder={t('testimonial.state_label')}
            data={['received', 'approved', 'rejected', 'withdrawn'].map((one) => ({
              value: one,
              label: t(`testimonial.state.${one}`),
            }))}
            value={state}
            onChange={setState}
          />
        }
      >
        {(row) => <TestimonialCard row={row} onAsk={mayEdit ? (act) => setAsked({ row, act }) : undefined} />}
      </Cards>
      {adding && <TestimonialForm onClose={() => setAdding(false)} />}
      <ReasonDialog
        opened={asked !== null}
        title={asked ? t(`testimonial.${asked.act}`) : ''}
        consequence={asked ? t(`testimonial.${asked.act}_means`) : ''}
        confirm={asked ? t(`testimonial.${asked.act}`) : ''}
        danger={asked?.act === 'withdraw'}
        onClose={() => setAsked(null)}
        onConfirm={decide}
      />
    </>
  );
}

function TestimonialCard(props: { row: Testimonial; onAsk: ((act: Asked['act']) => void) | undefined }) {
  const { row, onAsk } = props;
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const gone = row.state === 'withdrawn';
  return (
    <div className={classes.card}>
      <span className={classes.head}>
        <span className={classes.name}>{format.name(row.premises.name)}</span>
        <span className={classes.state} data-state={row.state}>
          {t(`testimonial.state.${row.state}`)}
        </span>
      </span>
      <span className={classes.faint}>
        {[
          row.speaker,
          row.speaker_role,
          format.name(row.jurisdiction.name),
          format.date(row.created_ms),
          gone && t('testimonial.withdrawn', { reason: row.withdrawn_reason }),
          row.review_note,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {row.text && (
        <p className={classes.words} lang={row.language}>
          “{row.text}”
        </p>
      )}
      {row.video && !gone && row.copies.some((copy) => copy.state === 'good') && (
        <video
          className={classes.video}
          controls
          preload="metadata"
          src={`/api/v1/outreach/testimonials/${row.id}/video`}
          aria-label={t('testimonial.video_of', { name: format.name(row.premises.name) })}
        />
      )}
      {!gone && (
        <div className={classes.faint}>
          {t('testimonial.consent', { uses: row.uses.map((use) => t(`use.${use}`)).join(', ') })}{' '}
          {row.until
            ? t('testimonial.until', { day: format.date(dayMs(row.until)) })
            : t('testimonial.until_withdrawn')}
        </div>
      )}
      {row.consent_file_id && <FileView files={[{ id: row.consent_file_id, name: t('testimonial.paper') }]} />}
      <Group justify="space-between" mt={6}>
        <span className={classes.faint}>
          {row.copies.map((copy) => (
            <span key={copy.store} style={{ marginInlineEnd: 14 }}>
              {t(`store.${copy.store}`)}:{' '}
              <span className={classes.state} data-state={copy.state}>
                {t(`copy.${copy.state}`)}
              </span>
              {copy.trouble && ` (${t(`trouble.${copy.trouble}`)})`}
              {copy.checked_ms !== null && copy.state === 'good' && `, ${format.when(copy.checked_ms)}`}
            </span>
          ))}
        </span>
        {onAsk && !gone && (
          <Group gap={6}>
            {row.state !== 'approved' && (
              <Button size="compact-xs" onClick={() => onAsk('approve')}>
                {t('testimonial.approve')}
              </Button>
            )}
            {row.state !== 'rejected' && (
              <Button size="compact-xs" variant="default" onClick={() => onAsk('reject')}>
                {t('testimonial.reject')}
              </Button>
            )}
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => onAsk('withdraw')}>
              {t('testimonial.withdraw')}
            </Button>
          </Group>
        )}
      </Group>
    </div>
  );
}

function TestimonialForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const reread = useReread();
  const [key] = useState(newId);
  const [premises, setPremises] = useState<Picked[]>([]);
  const [values, setValues] = useState({ speaker: '', speaker_role: '', text: '', until: '', how: '' });
  const [uses, setUses] = useState<Use[]>([]);
  const [video, setVideo] = useState<StoredFile[]>([]);
  const [paper, setPaper] = useState<StoredFile[]>([]);
  const [sending, setSending] = useState({ video: false, paper: false });
  const [own] = useState(() => ({
    video: (busy: boolean) => setSending((before) => ({ ...before, video: busy })),
    paper: (busy: boolean) => setSending((before) => ({ ...before, paper: busy })),
  }));
  const send = async () => {
    const { until, how, ...rest } = values;
    await api.post('/outreach/testimonials', {
      ...rest,
      key,
      premises: premises[0]?.id,
      file_id: video[0]?.id ?? null,
      consent: { uses, until: until || null, how, file_id: paper[0]?.id ?? null },
    });
    await reread();
  };
  return (
    <FormModal
      title={t('testimonial.new')}
      submit={t('save')}
      busy={sending.video || sending.paper}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          <PremisesPicker
            label={t('premises')}
            required
            value={premises}
            error={errors.premises}
            onChange={setPremises}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {(['speaker', 'speaker_role'] as const).map((name) => (
              <TextInput
                key={name}
                label={t(`testimonial.${name}`)}
                required={name === 'speaker'}
                value={values[name]}
                error={errors[name]}
                onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
          <Textarea
            label={t('testimonial.text')}
            autosize
            minRows={2}
            value={values.text}
            error={errors.text}
            onChange={(event) => setValues({ ...values, text: event.currentTarget.value })}
          />
          <FileInput
            label={t('testimonial.video')}
            description={t('testimonial.video_hint')}
            kinds={['video']}
            most={1}
            value={video}
            onChange={setVideo}
            onBusy={own.video}
          />
          <Checkbox.Group
            label={t('testimonial.uses')}
            description={t('testimonial.uses_hint')}
            required
            value={uses}
            error={errors['consent.uses']}
            onChange={(chosen) => setUses(chosen as Use[])}
          >
            <Group mt={6}>
              {USES.map((use) => (
                <Checkbox key={use} value={use} label={t(`use.${use}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              type="date"
              label={t('testimonial.until_label')}
              description={t('testimonial.until_hint')}
              value={values.until}
              error={errors.until ?? errors['consent.until']}
              onChange={(event) => setValues({ ...values, until: event.currentTarget.value })}
            />
            <TextInput
              label={t('testimonial.how')}
              description={t('testimonial.how_hint')}
              value={values.how}
              error={errors['consent.how']}
              onChange={(event) => setValues({ ...values, how: event.currentTarget.value })}
            />
          </SimpleGrid>
          <FileInput label={t('testimonial.paper')} most={1} value={paper} onChange={setPaper} onBusy={own.paper} />
        </>
      )}
    </FormModal>
  );
}
