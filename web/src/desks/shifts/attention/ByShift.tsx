import { Button, Group, TextInput } from '@mantine/core';
import { IconArmchair } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { DAY_MS, dayOf, momentOf } from '../days';
import { attentionDutiesQuery } from '../queries';
import type { AttentionDuty } from '../types';
import classes from '../shifts.module.css';

const SHOWN_MOST = 4;

/** How the cameras of each post fared, by who was on duty there; or one's own duties. */
export function ByShift({ mine }: { mine: boolean }) {
  const { t } = useTranslation('shifts');
  const [day, setDay] = useState(() => dayOf(Date.now()));
  const from_ms = momentOf(day, '00:00');
  const { data, error, refetch } = useQuery({
    ...attentionDutiesQuery(from_ms, from_ms + DAY_MS, mine),
    enabled: !Number.isNaN(from_ms),
  });
  return (
    <>
      <Group align="end" gap="xs" mb="sm">
        <TextInput
          size="xs"
          type="date"
          label={t('attention.day')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" onClick={() => void refetch()}>
          {t('attention.look')}
        </Button>
      </Group>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={5} />
      ) : data.items.length === 0 ? (
        <EmptyState icon={IconArmchair} title={t('attention.no_duties')} />
      ) : (
        <table className={classes.duties}>
          <thead>
            <tr>
              {(['person', 'shift', 'share', 'cameras', 'checks', 'never'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`attention.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((one) => (
              <Row key={one.duty} one={one} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ one }: { one: AttentionDuty }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const { checks } = one;
  return (
    <tr>
      <td>{one.person.name}</td>
      <td>
        {one.post} · {format.time(one.from_ms, false)}–{one.to_ms === null ? '…' : format.time(one.to_ms, false)}
      </td>
      <td>{t('attention.watched', { share: format.number(one.share * 100) })}</td>
      <td>{t('attention.cameras_of', { watched: format.number(one.watched), cameras: format.number(one.cameras) })}</td>
      <td>
        {t('attention.checks_of', {
          answered: format.number(checks.answered),
          missed: format.number(checks.missed),
          not_shown: format.number(checks.not_shown),
        })}
      </td>
      <td>
        {one.never.slice(0, SHOWN_MOST).map((camera, at) => (
          <span key={camera.id}>
            {at > 0 && ', '}
            <Link to={`/cameras/${camera.id}`}>{format.name(camera.name)}</Link>
          </span>
        ))}
        {one.never.length > SHOWN_MOST &&
          ` ${t('items.more', { number: format.number(one.never.length - SHOWN_MOST) })}`}
      </td>
    </tr>
  );
}
