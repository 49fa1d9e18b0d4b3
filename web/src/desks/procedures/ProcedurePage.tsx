import { Button, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import { Editor } from './editor/Editor';
import { Preview } from './Preview';
import classes from './procedures.module.css';
import { procedureQuery, versionQuery } from './queries';
import type { Procedure, Step } from './types';

/** One procedure: the version in force as operators see it, earlier ones, and its draft in the editor. */
export function Component() {
  const { code = '' } = useParams();
  const { data, error, refetch } = useQuery(procedureQuery(code));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={10} />;
  return <Loaded key={data.code} procedure={data} />;
}

function Loaded({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const client = useQueryClient();
  const [number, setNumber] = useState<number | null>(null);
  const [editing, setEditing] = useState(procedure.in_work !== null && procedure.may_edit);
  const begin = async () => {
    try {
      if (!procedure.in_work) {
        const now = await api.post<Procedure>(`/procedures/${procedure.code}/draft`);
        client.setQueryData(procedureQuery(procedure.code).queryKey, now);
      }
      setEditing(true);
    } catch (error) {
      notifications.show({ color: 'red', message: sentenceOf(error) });
    }
  };
  const shown = number ?? procedure.in_force;
  return (
    <Page
      title={format.name(procedure.name)}
      note={procedure.kinds.length > 0 && t('begins_with', { kinds: procedure.kinds.map(format.name).join(', ') })}
      actions={
        <div className={classes.top}>
          {!editing && (
            <Select
              size="xs"
              w={230}
              aria-label={t('versions')}
              placeholder={t('not_in_force')}
              data={procedure.versions
                .filter((one) => one.state !== 'draft')
                .map((one) => ({
                  value: String(one.number),
                  label: [
                    t('run.version', { number: format.number(one.number) }),
                    t(`version_state.${one.state}`),
                    one.published_ms && format.date(one.published_ms),
                  ]
                    .filter(Boolean)
                    .join(' · '),
                }))}
              value={shown === null ? null : String(shown)}
              onChange={(next) => setNumber(next ? Number(next) : null)}
            />
          )}
          {procedure.may_edit && !editing && (
            <Button size="xs" leftSection={<IconPencil size={14} />} onClick={() => void begin()}>
              {t(procedure.in_work ? 'go_on' : 'edit')}
            </Button>
          )}
        </div>
      }
    >
      {editing && procedure.in_work ? (
        <Editor
          key={procedure.in_work.number}
          procedure={procedure}
          draft={procedure.in_work}
          onDone={() => setEditing(false)}
        />
      ) : shown === null ? (
        <p className={classes.padded}>{t('not_in_force')}</p>
      ) : (
        <Shown procedure={procedure} number={shown} />
      )}
    </Page>
  );
}

function Shown({ procedure, number }: { procedure: Procedure; number: number }) {
  const current = procedure.published?.number === number ? procedure.published : null;
  const read = useQuery({ ...versionQuery(procedure.code, number), enabled: current === null });
  const version = current ?? read.data;
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  if (!version) return <LoadingRows rows={8} />;
  return (
    <div className={classes.padded}>
      {version.note && <p className={classes.faint}>{version.note}</p>}
      <Preview steps={version.steps as Step[]} />
    </div>
  );
}
