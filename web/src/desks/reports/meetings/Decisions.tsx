import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconEdit, IconPlus, IconRotate, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFormat } from '@/kit';
import classes from '../reports.module.css';
import { StateMark } from '../StateMark';
import { noonOf, type Decision } from '../types';
import { DecisionForm } from './DecisionForm';
import { ProgressDialog } from './ProgressDialog';

interface Props {
  decisions: Decision[];
  /** Show which meeting each is of. */
  whence?: boolean;
  mayProgress: boolean;
  mayEdit: boolean;
  /** Id of the meeting to which one may be added. */
  addTo?: string;
  empty: string;
  save: (call: () => Promise<unknown>) => Promise<boolean>;
}

/** What was decided, with whom it is, by when, and what became of it. */
export function Decisions({ decisions, whence = false, mayProgress, mayEdit, addTo, empty, save }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const [editing, setEditing] = useState<string | null>(null);
  const [progressing, setProgressing] = useState<Decision | null>(null);
  return (
    <>
      {decisions.length === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      {decisions.map((one) =>
        editing === one.id ? (
          <DecisionForm
            key={one.id}
            decision={one}
            onCancel={() => setEditing(null)}
            onSave={async (form) => {
              const done = await save(() =>
                api.patch(`/review-decisions/${one.id}`, { ...form, edited_ms: one.edited_ms }),
              );
              if (done) setEditing(null);
            }}
          />
        ) : (
          <div key={one.id} className={classes.decision}>
            <span>{whence ? `${one.meeting_number.slice(-3)}/${one.number}` : `${one.number}.`}</span>
            <div>
              <p>{format.name(one.text)}</p>
              <small>
                {[format.name(one.owner), one.due_on && t('decision.due', { day: format.date(noonOf(one.due_on)) })]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
              {one.done_note && (
                <p>
                  <small>
                    {t('decision.what_was_done')}: {one.done_note}
                    {one.done_on && ` (${format.date(noonOf(one.done_on))})`}
                  </small>
                </p>
              )}
            </div>
            <Group gap={4} wrap="nowrap" align="flex-start">
              <StateMark state={one.state} words="decision.state" />
              {mayProgress && (
                <Tooltip label={t(one.state === 'done' ? 'decision.reopen' : 'decision.done')}>
                  <ActionIcon
                    variant="subtle"
                    aria-label={t(one.state === 'done' ? 'decision.reopen' : 'decision.done')}
                    onClick={() => setProgressing(one)}
                  >
                    {one.state === 'done' ? <IconRotate size={16} /> : <IconCheck size={16} />}
                  </ActionIcon>
                </Tooltip>
              )}
              {mayEdit && (
                <>
                  <Tooltip label={t('decision.edit')}>
                    <ActionIcon variant="subtle" aria-label={t('decision.edit')} onClick={() => setEditing(one.id)}>
                      <IconEdit size={16} />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label={t('decision.drop')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('decision.drop')}
                      onClick={() => void save(() => api.delete(`/review-decisions/${one.id}`))}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Tooltip>
                </>
              )}
            </Group>
          </div>
        ),
      )}
      {addTo &&
        (editing === 'new' ? (
          <DecisionForm
            onCancel={() => setEditing(null)}
            onSave={async (form) => {
              if (await save(() => api.post(`/review-meetings/${addTo}/decisions`, form))) setEditing(null);
            }}
          />
        ) : (
          <Button
            size="xs"
            mt="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setEditing('new')}
          >
            {t('decision.add')}
          </Button>
        ))}
      {progressing && <ProgressDialog decision={progressing} onClose={() => setProgressing(null)} save={save} />}
    </>
  );
}
