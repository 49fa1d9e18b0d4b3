import { Alert, Button, Select, Stack, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconRefresh, IconSignature } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { ErrorState, LoadingRows, Page, ReasonDialog, useFormat } from '@/kit';
import { Downloads } from '../download';
import classes from '../reports.module.css';
import { StateMark } from '../StateMark';
import { noonOf, type Report } from '../types';
import { useAreaName } from '../useAreaName';
import { Changes } from './Changes';
import { Down } from './Down';
import { FigureTable } from './FigureTable';
import { SignDialog } from './SignDialog';

/** One day's report of an area, as it was kept: read, downloaded, signed, corrected. */
export function Component() {
  const { t } = useTranslation('reports');
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const format = useFormat();
  const areaName = useAreaName();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<'sign' | 'correct' | null>(null);
  const version = search.get('version') ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['daily-report', id, version],
    queryFn: () => api.get<Report>(`/daily-reports/${id}`, { version }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={10} />;
  const { shown, figures } = data;
  const latest = data.versions[0]?.version === shown.version;
  const done = async () => {
    setSearch({}, { replace: true });
    await client.invalidateQueries({ queryKey: ['daily-report', id] });
    await client.invalidateQueries({ queryKey: ['daily-reports'] });
  };
  const papers = (['hi', 'en'] as const).flatMap((language) =>
    (['pdf', 'xlsx'] as const).map((form) => ({
      label: `${t(`form.${form}`)}, ${t(`language.${language}`)}`,
      path: `/daily-reports/${id}/document`,
      query: { format: form, language, version: shown.version },
    })),
  );
  return (
    <Page
      padded
      title={`${t('one')}: ${areaName(data.area)}`}
      note={
        <>
          {format.date(noonOf(data.day))} · <StateMark state={data.state} words="state" />
          {data.officer &&
            ` · ${data.officer.name}${format.name(data.officer.post) && `, ${format.name(data.officer.post)}`}`}
        </>
      }
      actions={
        <>
          <Downloads papers={papers} />
          {data.may_sign && latest && (
            <Tooltip label={t('correct.tip')}>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconRefresh size={14} />}
                onClick={() => setDialog('correct')}
              >
                {t('correct.open')}
              </Button>
            </Tooltip>
          )}
          {data.may_sign && latest && shown.signed_ms === null && (
            <Button size="xs" leftSection={<IconSignature size={14} />} onClick={() => setDialog('sign')}>
              {t('sign.open')}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="md">
        {!shown.intact && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />}>
            {t('not_intact')}
          </Alert>
        )}
        {data.made_late && <Alert color="yellow">{t('made_late', { at: format.dateTime(figures.made_ms) })}</Alert>}
        {!latest && <Alert color="yellow">{t('old_version')}</Alert>}
        <p className={classes.lead}>{format.name(figures.lead)}</p>
        <FigureTable figures={figures} live={latest && !figures.as_of_end} area={data.area.path} />
        <Changes figures={figures} />
        <Down figures={figures} />
        <section>
          <h2 className={classes.section}>{t('versions')}</h2>
          {data.versions.length > 1 && (
            <Select
              size="xs"
              w={260}
              mb="xs"
              aria-label={t('versions')}
              allowDeselect={false}
              data={data.versions.map((one) => ({
                value: String(one.version),
                label: t('version_of', { number: one.version, at: format.dateTime(one.made_ms) }),
              }))}
              value={String(shown.version)}
              onChange={(next) => setSearch(next ? { version: next } : {}, { replace: true })}
            />
          )}
          {shown.reason && <Text size="sm">{t('corrected_since', { who: shown.made_by, reason: shown.reason })}</Text>}
          <Text size="sm">
            {shown.signer && shown.signed_ms !== null
              ? t('signed_by', {
                  who: [shown.signer.name, format.name(shown.signer.post)].filter(Boolean).join(', '),
                  at: format.dateTime(shown.signed_ms),
                })
              : t('not_signed')}
            {shown.remark && ` · ${shown.remark}`}
            {data.mailed && latest && ` · ${t('mailed')}`}
          </Text>
          <div className={classes.hash}>SHA-256 {shown.sha256}</div>
        </section>
      </Stack>
      {dialog === 'sign' && <SignDialog report={data} onClose={() => setDialog(null)} onDone={done} />}
      <ReasonDialog
        opened={dialog === 'correct'}
        title={t('correct.title')}
        consequence={t('correct.consequence')}
        confirm={t('correct.do')}
        onClose={() => setDialog(null)}
        onConfirm={async (reason) => {
          await api.post(`/daily-reports/${id}/correct`, { reason });
          await done();
        }}
      />
    </Page>
  );
}
