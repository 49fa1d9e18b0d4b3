import { Checkbox, Kbd } from '@mantine/core';
import { IconAlertTriangle, IconAward } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingRows, useFormat, useShortcut } from '@/kit';
import classes from './dispatch.module.css';
import { UnitMark } from './Marks';
import { suggestionsQuery, useSkills } from './queries';
import type { SentTo, Suggestion, Suggestions, Unit } from './types';
import { useWords } from './wording';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface Props {
  incident: SentTo;
  /** Sends it; digits do so while `keys`. */
  onSend: (unit: Unit) => Promise<unknown>;
  keys?: boolean;
}

/** Who could go, the first to arrive first: a press or a digit sends. */
export function Suggested({ incident, onSend, keys = false }: Props) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const skills = useSkills();
  const [everything, setEverything] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(suggestionsQuery(incident.id, everything));
  const send = async ({ unit }: Suggestion) => {
    if (sending) return;
    setSending(unit.id);
    try {
      await onSend(unit);
    } finally {
      setSending(null);
    }
  };
  const items = data?.items ?? [];
  KEYS.forEach((key, at) => {
    const one = items[at];
    // eslint-disable-next-line react-hooks/rules-of-hooks -- a fixed list, in a fixed order
    useShortcut(key, t('keys.send', { number: key }), () => one && void send(one), keys && one !== undefined);
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} height={34} />;
  const skill = skills.find(({ code }) => code === data.wish.skill);
  return (
    <div className={classes.suggested}>
      <p className={classes.wish}>
        {data.wish.kinds.map((kind) => t(`kind.${kind}`)).join(', ')}
        {skill && ` · ${t('wished', { skill: format.name(skill.name) })}`}
      </p>
      {incident.lat === null && <p className={classes.wish}>{t('no_place')}</p>}
      {items.length === 0 && <p className={classes.none}>{t('nobody_free')}</p>}
      <ol aria-label={t('suggestions')}>
        {items.map((one, at) => (
          <li key={one.unit.id}>
            <button
              type="button"
              className={classes.suggestion}
              disabled={sending !== null}
              data-busy={sending === one.unit.id || undefined}
              onClick={() => void send(one)}
            >
              <Kbd size="xs">{KEYS[at] ?? '·'}</Kbd>
              <UnitMark kind={one.unit.kind} status={one.unit.status} size={24} old={!one.certain} />
              <Who one={one} wish={data.wish} />
              <Arrival one={one} />
            </button>
          </li>
        ))}
      </ol>
      <Checkbox
        size="xs"
        label={t('everything')}
        checked={everything}
        onChange={(event) => setEverything(event.currentTarget.checked)}
      />
    </div>
  );
}

function Who({ one, wish }: { one: Suggestion; wish: Suggestions['wish'] }) {
  const { t } = useTranslation('dispatch');
  const words = useWords();
  const facts = [
    !wish.kinds.includes(one.unit.kind) && t('other_kind', { kind: t(`kind.${one.unit.kind}`) }),
    !one.free && t(`status.${one.unit.status}`),
    one.distance_m !== null && words.distance(one.distance_m),
    one.age_s === null
      ? t('position_unknown')
      : t(one.certain ? 'age' : 'age_uncertain', { age: words.age(one.age_s) }),
  ];
  return (
    <span className={classes.who}>
      <b>
        {one.unit.call_sign}
        {wish.skill && one.skilled && <IconAward size={14} aria-label={t('has_skill')} className={classes.skill} />}
      </b>
      <span className={classes.faint}>{facts.filter(Boolean).join(' · ')}</span>
    </span>
  );
}

function Arrival({ one }: { one: Suggestion }) {
  const { t } = useTranslation('dispatch');
  const words = useWords();
  if (one.eta_s === null) return <span className={classes.eta}>–</span>;
  return (
    <span className={classes.eta} data-uncertain={!one.certain || undefined}>
      {!one.certain && <IconAlertTriangle size={13} aria-label={t('uncertain')} />}
      {words.eta(one.eta_s)}
    </span>
  );
}
