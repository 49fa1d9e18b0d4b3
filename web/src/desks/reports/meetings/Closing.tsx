import { Button, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFormat } from '@/kit';
import { DateField } from '@/media';
import classes from '../reports.module.css';
import { noonOf, type Meeting } from '../types';

interface Props {
  meeting: Meeting;
  open: boolean;
  save: (call: () => Promise<unknown>) => Promise<boolean>;
}

/** Remarks for the minutes, the next date, and the signature. */
export function Closing({ meeting, open, save }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const [remarks, setRemarks] = useState(meeting.remarks);
  const [next_on, setNextOn] = useState(meeting.next_on ?? '');
  const changed =
    remarks.hi !== meeting.remarks.hi || remarks.en !== meeting.remarks.en || next_on !== (meeting.next_on ?? '');
  if (!open)
    return (
      <section>
        {format.name(meeting.remarks) && (
          <>
            <h2 className={classes.section}>{t('meeting.remarks')}</h2>
            <Text size="sm">{format.name(meeting.remarks)}</Text>
          </>
        )}
        {meeting.next_on && (
          <Text size="sm">
            {t('meeting.next_on')}: {format.date(noonOf(meeting.next_on))}
          </Text>
        )}
        {meeting.signed_ms !== null && (
          <>
            <Text size="sm">{t('signed_by', { who: meeting.signed_by, at: format.dateTime(meeting.signed_ms) })}</Text>
            <div className={classes.hash}>SHA-256 {meeting.minutes_sha256}</div>
          </>
        )}
      </section>
    );
  return (
    <section>
      <h2 className={classes.section}>{t('meeting.closing')}</h2>
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {(['hi', 'en'] as const).map((language) => (
            <Textarea
              key={language}
              lang={language}
              autosize
              minRows={2}
              maxLength={4000}
              label={t(language === 'hi' ? 'kit:in_hindi' : 'kit:in_english', { label: t('meeting.remarks') })}
              value={remarks[language]}
              onChange={(event) => setRemarks({ ...remarks, [language]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
        <Group align="flex-end" gap="sm">
          <DateField label={t('meeting.next_on')} w={200} value={next_on} onChange={setNextOn} />
          <Button
            variant="default"
            disabled={!changed}
            onClick={() =>
              void save(() =>
                api.patch(`/review-meetings/${meeting.id}`, {
                  remarks,
                  next_on: next_on || null,
                  edited_ms: meeting.edited_ms,
                }),
              )
            }
          >
            {t('meeting.save')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
