import { Button, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTool } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { jurisdictionsQuery, useCan } from '@/api/queries';
import type { Page } from '@/api/types';
import { FormModal } from '@/desks/works/FormModal';
import { EmptyState, ErrorState, LoadingRows, ReasonDialog, useFormat, useNow } from '@/kit';
import { Frame } from './Frame';
import { maintenanceQuery } from './queries';
import type { Maintenance } from './types';
import classes from './health.module.css';

interface Found {
  id: string;
  reg_id: string;
  name: { en: string; hi: string };
}

/** Announced works: what is down meanwhile was not promised. */
export function Component() {
  const { t } = useTranslation('health');
  const mayWork = useCan('health.work');
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(maintenanceQuery);
  return (
    <Frame
      actions={
        mayWork && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
            {t('works.announce')}
          </Button>
        )
      }
    >
      <div className={classes.wide}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={6} height={44} />
        ) : data.length === 0 ? (
          <EmptyState icon={IconTool} title={t('works.none')} hint={t('works.none_hint')} />
        ) : (
          <ol className={classes.list}>
            {data.map((one) => (
              <Row key={one.id} window={one} mayWork={mayWork} />
            ))}
          </ol>
        )}
      </div>
      {making && <AnnounceForm onClose={() => setMaking(false)} />}
    </Frame>
  );
}

function Row({ window: one, mayWork }: { window: Maintenance; mayWork: boolean }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const client = useQueryClient();
  const now = useNow();
  const [ending, setEnding] = useState(false);
  const state =
    one.ended_ms !== null ? 'ended' : one.to_ms <= now ? 'over' : one.from_ms > now ? 'to_come' : 'going_on';
  return (
    <li className={classes.row}>
      <IconTool size={14} className={classes.mark} aria-hidden />
      <div>
        <span className={classes.what}>{format.name(one.name)}</span>{' '}
        <span className={classes.facts}>{t(`place.${one.of}`)}</span>
        <div className={classes.facts}>
          {format.dateTime(one.from_ms)} – {format.dateTime(one.ended_ms ?? one.to_ms)} · {one.why}
          {one.by && ` · ${one.by}`}
        </div>
      </div>
      <div className={classes.side}>
        <div>{t(`works.${state}`)}</div>
        {mayWork && (state === 'going_on' || state === 'to_come') && (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => setEnding(true)}>
            {t('works.end')}
          </Button>
        )}
      </div>
      <ReasonDialog
        opened={ending}
        title={t('works.end')}
        consequence={t('works.end_consequence')}
        confirm={t('works.end')}
        onClose={() => setEnding(false)}
        onConfirm={async (reason) => {
          await api.post(`/maintenance-windows/${one.id}/end`, { reason });
          await client.invalidateQueries({ queryKey: ['health'] });
        }}
      />
    </li>
  );
}

/** Local time of an input, in milliseconds: the city's time, wherever the reader's clock stands. */
const fromInput = (text: string): number => Date.parse(`${text}:00+05:30`);

const OF = ['camera', 'premises', 'site', 'area'] as const;
const LISTS = { camera: '/cameras', premises: '/premises', site: '/sites' } as const;

function AnnounceForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const client = useQueryClient();
  const [of, setOf] = useState<(typeof OF)[number]>('camera');
  const [which, setWhich] = useState('');
  const [words, setWords] = useState('');
  const [span, setSpan] = useState({ from: '', to: '' });
  const [why, setWhy] = useState('');
  const areas = useQuery({ ...jurisdictionsQuery(), enabled: of === 'area' }).data ?? [];
  const found = useQuery({
    queryKey: ['health', 'which', of, words],
    queryFn: async () => (await api.get<Page<Found>>(LISTS[of as keyof typeof LISTS], { q: words, limit: 20 })).items,
    enabled: of !== 'area',
  }).data;
  const choices =
    of === 'area'
      ? areas.map((one) => ({ value: one.path, label: format.name(one.name) }))
      : (found ?? []).map((one) => ({
          value: one.id,
          label: [format.name(one.name), one.reg_id].filter(Boolean).join(' · '),
        }));
  return (
    <FormModal
      title={t('works.announce')}
      submit={t('works.submit')}
      busy={!which || !span.from || !span.to}
      onClose={onClose}
      onSend={async () => {
        await api.post('/maintenance-windows', {
          [of]: which,
          from_ms: fromInput(span.from),
          to_ms: fromInput(span.to),
          why,
        });
        await client.invalidateQueries({ queryKey: ['health'] });
      }}
    >
      {(errors) => (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t('works.of')}
              allowDeselect={false}
              data={OF.map((one) => ({ value: one, label: t(`place.${one}`) }))}
              value={of}
              onChange={(next) => {
                setOf(OF.find((one) => one === next) ?? 'camera');
                setWhich('');
              }}
            />
            <Select
              required
              searchable
              label={t('works.which')}
              placeholder={t('works.search')}
              nothingFoundMessage={t('works.nothing')}
              data={choices}
              value={which || null}
              error={errors.camera ?? errors.area}
              filter={of === 'area' ? undefined : ({ options }) => options}
              onSearchChange={setWords}
              onChange={(next) => setWhich(next ?? '')}
            />
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                required
                type="datetime-local"
                label={t(`works.${end}`)}
                value={span[end]}
                error={errors[`${end}_ms`]}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setSpan((before) => ({ ...before, [end]: value }));
                }}
              />
            ))}
          </SimpleGrid>
          <Textarea
            required
            autosize
            label={t('works.why')}
            value={why}
            error={errors.why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}
