import { Button, FileButton, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { FormModal } from '@/desks/works/FormModal';
import { ErrorState, LoadingRows, ReasonDialog, sendBytes, useFormat } from '@/kit';
import { releasesQuery } from './queries';
import type { EdgeRelease } from './types';
import classes from './edge.module.css';

const SHARES = [5, 25, 50, 100];

/** Published versions of the connector: how far each has come, offered in growing shares, withdrawn. */
export function Releases({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('edge');
  const client = useQueryClient();
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const { data, error, refetch } = useQuery(releasesQuery);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [offering, setOffering] = useState<EdgeRelease | null>(null);
  const [withdrawing, setWithdrawing] = useState<EdgeRelease | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['edge'] });
  return (
    <Modal opened onClose={onClose} title={t('releases.title')} size="xl" fullScreen={onPhone}>
      <Stack gap="sm">
        <Text size="sm">{t('releases.note')}</Text>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={3} />
        ) : data.items.length === 0 ? (
          <Text size="sm">{t('releases.none')}</Text>
        ) : (
          <List releases={data.items} mayPublish={data.may_publish} onOffer={setOffering} onWithdraw={setWithdrawing} />
        )}
        {data?.may_publish && (
          <Group>
            <FileButton onChange={setFile} accept=".tar">
              {(props) => (
                <Button {...props} size="xs">
                  {t('releases.publish')}
                </Button>
              )}
            </FileButton>
            {sent !== null && (
              <Text size="sm" role="status">
                {t('releases.sending', { percent: Math.round(sent * 100) })}
              </Text>
            )}
          </Group>
        )}
      </Stack>
      <ReasonDialog
        opened={file !== null}
        title={t('releases.publish')}
        consequence={`${file?.name ?? ''}: ${t('releases.publish_consequence')}`}
        confirm={t('releases.publish')}
        onClose={() => setFile(null)}
        onConfirm={async (reason) => {
          if (!file) return;
          setSent(0);
          try {
            const path = `/api/v1/edge-releases?reason=${encodeURIComponent(reason)}`;
            await sendBytes<EdgeRelease>(path, file, { onProgress: setSent });
            await refresh();
          } finally {
            setSent(null);
          }
        }}
      />
      {offering && <OfferRelease release={offering} onClose={() => setOffering(null)} onDone={refresh} />}
      <ReasonDialog
        danger
        opened={withdrawing !== null}
        title={t('releases.withdraw')}
        consequence={t('releases.withdraw_consequence')}
        confirm={t('releases.withdraw')}
        onClose={() => setWithdrawing(null)}
        onConfirm={async (reason) => {
          await api.post(`/edge-releases/${withdrawing?.id ?? ''}/withdraw`, { reason });
          await refresh();
        }}
      />
    </Modal>
  );
}

function List(props: {
  releases: EdgeRelease[];
  mayPublish: boolean;
  onOffer: (release: EdgeRelease) => void;
  onWithdraw: (release: EdgeRelease) => void;
}) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('releases.version')}</th>
            <th>{t('releases.published')}</th>
            <th>{t('releases.sites')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {props.releases.map((one) => (
            <tr key={one.id}>
              <td>
                {one.version}
                <div className={classes.facts}>
                  {[one.platform, format.bytes(one.size_bytes)].filter(Boolean).join(' · ')}
                </div>
                <div className={classes.pin}>{one.sha256}</div>
              </td>
              <td>
                {format.dateTime(one.published_ms)}
                <div className={classes.facts}>{one.published_by}</div>
              </td>
              <td>
                {t('releases.progress', { running: format.number(one.running), sites: format.number(one.sites) })}
                {one.failed > 0 && (
                  <div className={classes.bad}>
                    {t('releases.failed', { count: one.failed, number: format.number(one.failed) })}
                  </div>
                )}
              </td>
              <td>
                {one.withdrawn_ms !== null ? (
                  t('releases.withdrawn')
                ) : (
                  <Group gap="xs">
                    <Button size="compact-xs" variant="default" onClick={() => props.onOffer(one)}>
                      {t('releases.offer')}
                    </Button>
                    {props.mayPublish && (
                      <Button size="compact-xs" variant="default" color="red" onClick={() => props.onWithdraw(one)}>
                        {t('releases.withdraw')}
                      </Button>
                    )}
                  </Group>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OfferRelease(props: { release: EdgeRelease; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const [share, setShare] = useState(String(SHARES[0]));
  return (
    <FormModal
      askWhy
      title={t('releases.offer_title', { version: props.release.version })}
      submit={t('releases.offer')}
      onClose={props.onClose}
      onSend={async (reason) => {
        await api.post(`/edge-releases/${props.release.id}/offer`, { share_pct: Number(share), reason });
        await props.onDone();
      }}
    >
      {() => (
        <>
          <Text size="sm">{t('releases.offer_consequence')}</Text>
          <div>
            <Text size="sm">{t('releases.share')}</Text>
            <Text size="xs" c="dimmed">
              {t('releases.share_hint')}
            </Text>
          </div>
          <SegmentedControl
            aria-label={t('releases.share')}
            value={share}
            onChange={setShare}
            data={SHARES.map((one) => ({ value: String(one), label: `${format.number(one)} %` }))}
          />
        </>
      )}
    </FormModal>
  );
}
