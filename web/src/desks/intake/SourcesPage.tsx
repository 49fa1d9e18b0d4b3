import { Button, Group, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconInbox, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { EmptyState, ErrorState, LoadingRows, Page, ReasonDialog, useFormat, useNow } from '@/kit';
import { Bars } from './Bars';
import { KeyDialog } from './KeyDialog';
import { SourceForm } from './SourceForm';
import { sourcesQuery } from './queries';
import { isAsked, type Keyed, type Source } from './types';
import classes from './intake.module.css';

type Asked = { what: 'edit' | 'key' | 'switch'; source: Source } | { what: 'add' } | null;

/** Who may hand in events from outside, and what came of each in the last day. */
export function Component() {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const now = useNow();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sourcesQuery);
  const [asked, setAsked] = useState<Asked>(null);
  const [keyed, setKeyed] = useState<Keyed | null>(null);
  const close = () => setAsked(null);
  const again = () => client.invalidateQueries({ queryKey: ['intake'] });
  const test = async (source: Source) => {
    try {
      await api.post(`/intake/sources/${source.id}/test`, {});
      notifications.show({ message: t('test.done', { name: source.name }) });
    } catch (failure) {
      notifications.show({ color: 'red', message: sentenceOf(failure) });
    }
  };
  return (
    <Page
      title={t('title')}
      note={data && t('as_of', { time: format.when(data.as_of_ms) })}
      actions={
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAsked({ what: 'add' })}>
          {t('add')}
        </Button>
      }
    >
      <div className={classes.page}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={6} height={56} />
        ) : data.items.length === 0 ? (
          <EmptyState icon={IconInbox} title={t('none')} hint={t('none_hint')} />
        ) : (
          <div className={classes.scroll}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th>{t('column.source')}</th>
                  <th>{t('column.hands_in')}</th>
                  <th>{t('column.last')}</th>
                  <th>{t('column.day')}</th>
                  <th>{t('column.refused')}</th>
                  <th aria-label={t('column.acts')} />
                </tr>
              </thead>
              <tbody>
                {data.items.map((one) => (
                  <Row key={one.id} source={one} now={now} onAsk={setAsked} onTest={() => void test(one)} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {asked?.what === 'add' && (
        <SourceForm
          onClose={close}
          onDone={(made) => {
            void again();
            if (made?.key) setKeyed(made);
          }}
        />
      )}
      {asked?.what === 'edit' && <SourceForm source={asked.source} onClose={close} onDone={() => void again()} />}
      {asked?.what === 'key' && (
        <ReasonDialog
          opened
          danger
          title={t('key.new')}
          consequence={t('key.new_consequence')}
          confirm={t('key.new')}
          onClose={close}
          onConfirm={async (reason) => {
            setKeyed(await api.post<Keyed>(`/intake/sources/${asked.source.id}/key`, { reason }));
            await again();
          }}
        />
      )}
      {asked?.what === 'switch' && (
        <ReasonDialog
          opened
          danger={asked.source.enabled}
          title={t(asked.source.enabled ? 'switch.off' : 'switch.on')}
          consequence={t(asked.source.enabled ? 'switch.off_consequence' : 'switch.on_consequence')}
          confirm={t(asked.source.enabled ? 'switch.off' : 'switch.on')}
          onClose={close}
          onConfirm={async (reason) => {
            const { id, enabled, version } = asked.source;
            await api.post(`/intake/sources/${id}/switch`, { enabled: !enabled, version, reason });
            await again();
          }}
        />
      )}
      {keyed && data && (
        <KeyDialog keyed={keyed} http_port={data.http_port} mqtt_port={data.mqtt_port} onClose={() => setKeyed(null)} />
      )}
    </Page>
  );
}

interface RowProps {
  source: Source;
  now: number;
  onAsk: (asked: Asked) => void;
  onTest: () => void;
}

function Row({ source, now, onAsk, onTest }: RowProps) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const refused = Object.entries(source.refused).sort(([, one], [, other]) => other - one);
  return (
    <tr data-off={source.enabled ? undefined : true}>
      <td>
        <div className={classes.name}>{source.name}</div>
        <div className={classes.facts}>
          {[t(`kind.${source.kind}`), format.name(source.place)].filter(Boolean).join(' · ')}
        </div>
        {!source.enabled && <div className={classes.bad}>{t('off')}</div>}
        {source.trouble && <div className={classes.bad}>{t(`trouble.${source.trouble}`)}</div>}
      </td>
      <td>{source.kinds.map((one) => t(`event.${one.replace('.', '_')}`)).join(', ')}</td>
      <td>{source.last_ms === null ? t('never') : format.ago(source.last_ms, now)}</td>
      <td>
        <Bars hours={source.hours} now={now} />
      </td>
      <td>
        {refused.length === 0
          ? '–'
          : refused.map(([reason, count]) => (
              <div key={reason} className={classes.bad}>
                {t(`refused.${reason}`, { number: format.number(count) })}
              </div>
            ))}
      </td>
      <td>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button size="compact-xs" variant="default" onClick={() => onAsk({ what: 'edit', source })}>
            {t('edit')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-xs" variant="default" aria-label={t('more', { name: source.name })}>
                <IconDots size={14} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {source.kind !== 'tracker' && <Menu.Item onClick={onTest}>{t('test.do')}</Menu.Item>}
              {!isAsked(source.kind) && (
                <Menu.Item onClick={() => onAsk({ what: 'key', source })}>
                  {t('key.new')} (…{source.key_hint})
                </Menu.Item>
              )}
              <Menu.Item onClick={() => onAsk({ what: 'switch', source })}>
                {t(source.enabled ? 'switch.off' : 'switch.on')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </td>
    </tr>
  );
}
