import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import type { Draft, Step } from './draft';
import type { TestResult } from './TestStep';
import classes from './wizard.module.css';

interface Props {
  draft: Draft;
  isPublic: boolean | null;
  tested: TestResult | null;
  onEdit: (step: Step) => void;
}

const RECORD_TEXT = {
  continuous: 'record_continuous',
  on_event: 'record_on_event',
  none: 'record_none',
  rule: 'record_by_rule',
} as const;

/** Everything once more before it is written. */
export function ReviewStep({ draft, isPublic, tested, onEdit }: Props) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const owner = useQuery(codedQuery('owner-classes')).data?.find((row) => row.code === draft.ownerClass);
  const stations = useQuery(jurisdictionsQuery('police_station')).data ?? [];
  const station = stations.find((row) => row.path === draft.jurisdiction);
  const { consent, order } = draft;
  const rows: [Step, string, string][] = [
    ['what', t('name'), `${draft.name.hi} / ${draft.name.en}`],
    ['what', t('reg_id'), draft.regId || t('reg_id_given')],
    ['what', t('premises'), draft.premisesMode === 'existing' ? draft.premisesLabel : format.name(draft.premises.name)],
    ['what', t('owner_class'), format.name(owner?.name)],
    [
      'permission',
      t(isPublic ? 'order' : 'consent'),
      isPublic
        ? draft.orderMode === 'new'
          ? `${order.number}, ${order.authority}`
          : t('order_chosen')
        : [
            consent.givenBy,
            consent.givenOn && format.date(Date.parse(`${consent.givenOn}T00:00:00+05:30`)),
            consent.live ? t('scope_live') : '',
            consent.record ? t('scope_record') : '',
            consent.allDay ? t('scope_all_day') : `${consent.fromTime} - ${consent.toTime}`,
          ]
            .filter(Boolean)
            .join(', '),
    ],
    ['address', t('url'), draft.url],
    [
      'address',
      t('username'),
      draft.username ? `${draft.username}, ${t(draft.password ? 'password_set' : 'password_missing')}` : t('none'),
    ],
    ['address', t('sub_address'), draft.subUrl ?? ''],
    ['address', t('record_mode'), t(RECORD_TEXT[draft.recordMode])],
    ['test', t('step.test'), tested ? t(tested.ok ? 'tested_ok' : 'tested_failed') : t('not_tested')],
    ['place', t('police_station'), format.name(station?.name)],
    ['place', t('position'), draft.point ? `${draft.point[1].toFixed(6)}, ${draft.point[0].toFixed(6)}` : ''],
    ['place', t('bearing'), format.bearing(draft.bearingDeg)],
    ['place', t('placement'), t(`registry:placement.${draft.placement}`)],
  ];
  return (
    <>
      {draft.username && !draft.password && (
        <Alert color="yellow" mb="md">
          {t('password_again')}
        </Alert>
      )}
      <dl className={classes.review}>
        {rows.map(([step, label, value]) => (
          <div key={label} className={classes.reviewRow}>
            <dt>{label}</dt>
            <dd>{value || t('none')}</dd>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onEdit(step)}
              aria-label={t('edit', { what: label })}
            >
              {t('change')}
            </Button>
          </div>
        ))}
      </dl>
    </>
  );
}
