import { Button, Group, Progress, Select, Text } from '@mantine/core';
import { IconFlask, IconPlayerStop } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { trialQuery } from '../queries';
import type { RuleDetail, Trial, TrialResult } from '../types';
import classes from './rules.module.css';
import { TrialChart } from './TrialChart';

const DAYS = ['1', '3', '7', '14'];

interface Props {
  detail: RuleDetail;
  dirty: boolean;
  onDone: () => Promise<void>;
}

/** What the saved rule would have raised lately, beside the one that is in force. */
export function TrialPanel({ detail: { rule, trials }, dirty, onDone }: Props) {
  const { t } = useTranslation('alarms');
  const client = useQueryClient();
  const [days, setDays] = useState('7');
  const [failure, setFailure] = useState<unknown>(null);
  const newest = trials.find((one) => one.number === rule.latest);
  const { data: trial } = useQuery({ ...trialQuery(rule.id, newest?.id ?? ''), enabled: newest !== undefined });
  const running = trial?.state === 'queued' || trial?.state === 'running';
  const was = useRef(running);
  useEffect(() => {
    if (was.current && !running) void onDone();
    was.current = running;
  }, [onDone, running]);
  const ask = async (path: string, body?: unknown) => {
    setFailure(null);
    try {
      const answer = await api.post<Trial>(`/alarm-rules/${rule.id}/trials${path}`, body);
      client.setQueryData(trialQuery(rule.id, answer.id).queryKey, answer);
      await onDone();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <section>
      <h2 className={classes.heading}>{t('trial.title')}</h2>
      <Group gap="sm" align="end">
        <Select
          size="xs"
          w={150}
          label={t('trial.over')}
          allowDeselect={false}
          data={DAYS.map((one) => ({ value: one, label: t('trial.days', { count: Number(one) }) }))}
          value={days}
          onChange={(next) => setDays(next ?? '7')}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFlask size={14} />}
          disabled={!rule.may_edit || dirty || running}
          onClick={() => void ask('', { number: rule.latest, days: Number(days) })}
        >
          {t('trial.start')}
        </Button>
        {dirty && <Text size="xs">{t('trial.save_first')}</Text>}
        {running && trial && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlayerStop size={14} />}
            onClick={() => void ask(`/${trial.id}/cancel`)}
          >
            {t('trial.stop')}
          </Button>
        )}
      </Group>
      {failure !== null && (
        <Text size="sm" c="red" role="alert" mt="xs">
          {sentenceOf(failure)}
        </Text>
      )}
      {trial && running && <Running trial={trial} />}
      {trial && !running && trial.state !== 'done' && (
        <Text size="sm" mt="sm">
          {t(`trial.state.${trial.state}`)}
        </Text>
      )}
      {trial?.result && <Result trial={trial} result={trial.result} />}
    </section>
  );
}

function Running({ trial }: { trial: Trial }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  return (
    <div className={classes.running} role="status">
      <Progress value={trial.progress * 100} size="sm" aria-label={t('trial.title')} />
      <Text size="xs" c="dimmed">
        {t('trial.read', { number: format.number(trial.read) })}
      </Text>
    </div>
  );
}

function Result({ trial, result }: { trial: Trial; result: TrialResult }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const { tried, now } = result;
  const figure = (name: 'alarms' | 'matched' | 'grouped' | 'flooded') => (
    <tr key={name}>
      <th scope="row">{t(`trial.${name}`)}</th>
      <td>{format.number(tried[name])}</td>
      {now && <td>{format.number(now[name])}</td>}
    </tr>
  );
  return (
    <div className={classes.result}>
      <Text size="sm">
        {t('trial.verdict', {
          number: format.number(tried.alarms),
          count: tried.alarms,
          from: format.date(trial.from_ms),
          to: format.date(trial.to_ms),
        })}{' '}
        {now && t('trial.compared', { number: format.number(now.alarms) })}
        {result.cut && ` ${t('trial.cut', { number: format.number(trial.read) })}`}
      </Text>
      <TrialChart days={result.days} />
      <table className={classes.figures}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('trial.this')}</th>
            {now && <th scope="col">{t('trial.now')}</th>}
          </tr>
        </thead>
        <tbody>{(['alarms', 'matched', 'grouped', 'flooded'] as const).map(figure)}</tbody>
      </table>
      {result.samples.length > 0 && (
        <>
          <h3 className={classes.small}>{t('trial.first')}</h3>
          <ol className={classes.samples}>
            {result.samples.map((sample) => (
              <li key={`${sample.first_ms} ${sample.group_key}`}>
                <time>{format.when(sample.first_ms)}</time>
                {sample.camera ? (
                  <Link to={`/cameras/${sample.camera.id}#t=${sample.first_ms - 10_000}`}>
                    {format.name(sample.camera.name)}
                  </Link>
                ) : (
                  <span>{sample.group_key}</span>
                )}
                <span>
                  {sample.count > 1 && `×${format.number(sample.count)}`} {sample.flood && t('flood')}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
