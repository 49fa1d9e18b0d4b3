import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '@/api/client';
import { FormModal } from '@/desks/works/FormModal';
import { BilingualInput, EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import classes from './procedures.module.css';
import { procedureQuery, proceduresQuery } from './queries';
import type { Procedure } from './types';

/** The library: what is to be done for which kinds of incidents, and which version is in force. */
export function Component() {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const { data, error, refetch } = useQuery(proceduresQuery);
  const [making, setMaking] = useState(false);
  return (
    <Page
      padded
      title={t('title')}
      actions={
        data?.may_edit && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={8} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <ul className={classes.library}>
          {data.items.map((one) => (
            <li key={one.code} data-inactive={!one.active || undefined}>
              <Link to={`/procedures/${one.code}`} className={classes.card}>
                <b>{format.name(one.name)}</b>
                <span className={classes.faint}>
                  {[
                    one.in_force === null
                      ? t('not_in_force')
                      : t('run.version', { number: format.number(one.in_force) }),
                    t('steps', { count: one.steps, number: format.number(one.steps) }),
                    one.published_ms && t('since', { day: format.date(one.published_ms) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {one.kinds.length > 0 && (
                  <span className={classes.faint}>
                    {t('begins_with', { kinds: one.kinds.map(format.name).join(', ') })}
                  </span>
                )}
                {one.draft !== null && <span className={classes.draft}>{t('has_draft')}</span>}
                {!one.active && <span className={classes.draft}>{t('inactive')}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {making && <NewProcedure onClose={() => setMaking(false)} />}
    </Page>
  );
}

function NewProcedure({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('procedures');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [name, setName] = useState({ en: '', hi: '' });
  return (
    <FormModal
      title={t('new')}
      submit={t('new')}
      onClose={onClose}
      onSend={async () => {
        const made = await api.post<Procedure>('/procedures', { code: code.trim(), name });
        client.setQueryData(procedureQuery(made.code).queryKey, made);
        await client.invalidateQueries({ queryKey: proceduresQuery.queryKey, exact: true });
        void navigate(`/procedures/${made.code}`);
      }}
    >
      {(errors) => (
        <>
          <TextInput
            required
            data-autofocus
            label={t('code')}
            description={t('code_hint')}
            value={code}
            error={errors.code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <BilingualInput
            required
            label={t('name')}
            value={name}
            error={errors['name.hi'] ?? errors['name.en']}
            onChange={setName}
          />
        </>
      )}
    </FormModal>
  );
}
