import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { FileInput, FileView, newId, useFormat, type StoredFile } from '@/kit';
import { dayMs, today } from '../works/days';
import { FormModal } from '../works/FormModal';
import { PlaceFields, useOwnPlace } from '../works/PlaceFields';
import { Cards } from './Cards';
import classes from './outreach.module.css';
import type { Visit } from './types';

/** Representatives of the people who came to see the centre. */
export function Visits() {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const mayEdit = useCan('outreach.edit');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Cards<Visit>
        of="visits"
        path="/outreach/visits"
        icon={IconBuildingCommunity}
        none={t('visit.none')}
        hint={t('visit.none_hint')}
        add={mayEdit ? { label: t('visit.new'), onClick: () => setAdding(true) } : undefined}
      >
        {(row) => (
          <div className={classes.card}>
            <span className={classes.head}>
              <span className={classes.name}>{[row.visitor, row.office].filter(Boolean).join(', ')}</span>
              <span>{format.dateTime(row.came_ms)}</span>
            </span>
            <span className={classes.faint}>
              {t('visit.line', { number: format.number(row.party), host: row.host })}
            </span>
            {row.shown && <p className={classes.words}>{row.shown}</p>}
            {row.remarks && <p className={classes.words}>“{row.remarks}”</p>}
            {row.photo_ids.length > 0 && <FileView files={row.photo_ids.map((id) => ({ id }))} />}
          </div>
        )}
      </Cards>
      {adding && <VisitForm onClose={() => setAdding(false)} />}
    </>
  );
}

function VisitForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('outreach');
  const client = useQueryClient();
  const own = useOwnPlace();
  const [key] = useState(newId);
  const [values, setValues] = useState({
    ...own,
    visitor: '',
    office: '',
    party: '1',
    host: '',
    shown: '',
    remarks: '',
    day: today(),
    time: '11:00',
  });
  const [photos, setPhotos] = useState<StoredFile[]>([]);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const send = async () => {
    const { day, time, party, ...rest } = values;
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    await api.post('/outreach/visits', {
      ...rest,
      key,
      party: Number(party || 1),
      came_ms: dayMs(day) + (hours * 60 + minutes) * 60_000,
      photo_ids: photos.map((photo) => photo.id),
    });
    await client.invalidateQueries({ queryKey: ['outreach-visits'] });
  };
  return (
    <FormModal title={t('visit.new')} submit={t('save')} busy={busy} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {(['visitor', 'office', 'host', 'party'] as const).map((name) => (
              <TextInput
                key={name}
                label={t(`visit.${name}`)}
                required={name === 'visitor' || name === 'host'}
                {...(name === 'party' ? { inputMode: 'numeric' as const } : {})}
                value={values[name]}
                error={errors[name]}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
            <TextInput
              type="date"
              label={t('visit.day')}
              required
              max={today()}
              value={values.day}
              error={errors.came_ms}
              onChange={(event) => change({ day: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('visit.time')}
              required
              value={values.time}
              onChange={(event) => change({ time: event.currentTarget.value })}
            />
          </SimpleGrid>
          <PlaceFields value={values} errors={errors} onChange={change} />
          {(['shown', 'remarks'] as const).map((name) => (
            <Textarea
              key={name}
              label={t(`visit.${name}`)}
              autosize
              value={values[name]}
              error={errors[name]}
              onChange={(event) => change({ [name]: event.currentTarget.value })}
            />
          ))}
          <FileInput label={t('photos')} value={photos} onChange={setPhotos} onBusy={setBusy} />
        </>
      )}
    </FormModal>
  );
}
