import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { noonOf, type Report } from '../types';
import { useAreaName } from '../useAreaName';

interface Props {
  report: Report;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** Signing fixes this version for ever: say what is signed, and ask once. */
export function SignDialog({ report, onClose, onDone }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const areaName = useAreaName();
  const [remark, setRemark] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const send = async () => {
    setBusy(true);
    setFailure('');
    try {
      const { version, sha256 } = report.shown;
      await api.post(`/daily-reports/${report.id}/sign`, { version, sha256, remark: remark.trim() });
      await onDone();
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('sign.title')}>
      <Stack gap="md">
        <Text size="sm">{t('sign.what', { area: areaName(report.area), day: format.date(noonOf(report.day)) })}</Text>
        <Text size="sm">{format.name(report.figures.lead)}</Text>
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxLength={1000}
          label={t('sign.remark')}
          value={remark}
          onChange={(event) => setRemark(event.currentTarget.value)}
        />
        {failure && <Alert color="red">{failure}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button loading={busy} onClick={() => void send()}>
            {t('sign.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
