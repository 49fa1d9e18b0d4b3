import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ReasonDialog } from '@/kit';
import classes from './citizens.module.css';
import type { Report } from './types';

/** The number of who has told it: not shown with the report, told for a reason that the audit keeps. */
export function CallBack({ report }: { report: Report }) {
  const { t } = useTranslation('citizens');
  const [asking, setAsking] = useState(false);
  const [mobile, setMobile] = useState('');
  if (!report.may.answer) return null;
  return (
    <section>
      <h3 className={classes.heading}>{t('number.title')}</h3>
      {mobile ? (
        <a href={`tel:${mobile}`}>{mobile}</a>
      ) : (
        <Button size="xs" variant="default" leftSection={<IconPhone size={14} />} onClick={() => setAsking(true)}>
          {t('number.ask')}
        </Button>
      )}
      <ReasonDialog
        opened={asking}
        title={t('number.ask')}
        consequence={t('number.consequence')}
        confirm={t('number.show')}
        onClose={() => setAsking(false)}
        onConfirm={async (reason) => {
          const told = await api.post<{ mobile: string }>(`/citizen-reports/${report.id}/number`, { reason });
          setMobile(told.mobile);
        }}
      />
    </section>
  );
}
