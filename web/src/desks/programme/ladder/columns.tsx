import type { TFunction } from 'i18next';
import type { Column, Format } from '@/kit';
import { Mark } from '../parts/Mark';
import { dayMs, STEP_TONE } from '../parts/words';
import type { Linkage } from '../types';

export const FIRST_COLUMNS = [
  'step',
  'name',
  'owner_class',
  'station',
  'cameras',
  'linked',
  'verified',
  'since',
  'next',
];
export const ON_PHONE = ['step', 'name'];

/** Since when premises stand where they stand. */
export const sinceMs = (row: Linkage): number => row[`${row.step}_ms`] ?? row.listed_ms;

const linked = (row: Linkage) =>
  row.camera_steps.linked + row.camera_steps.verified_live + row.camera_steps.owner_confirmed;
const verified = (row: Linkage) => row.camera_steps.verified_live + row.camera_steps.owner_confirmed;

export function ladderColumns(t: TFunction<'programme'>, format: Format): Column<Linkage>[] {
  const day = (iso: string | null) => (iso ? format.date(dayMs(iso)) : '');
  return [
    {
      id: 'step',
      header: t('programme:ladder.step'),
      width: '150px',
      render: (row) => <Mark tone={STEP_TONE[row.step]}>{t(`step.${row.step}`)}</Mark>,
    },
    {
      id: 'name',
      header: t('programme:ladder.name'),
      width: 'minmax(180px, 2fr)',
      sort: 'name',
      render: (row) => format.name(row.name),
    },
    {
      id: 'address',
      header: t('programme:ladder.address'),
      width: 'minmax(160px, 1.5fr)',
      render: (row) => format.name(row.address),
    },
    {
      id: 'owner_class',
      header: t('programme:ladder.owner_class'),
      width: 'minmax(110px, 1fr)',
      render: (row) => format.name(row.owner_class.name),
    },
    {
      id: 'department',
      header: t('programme:ladder.department'),
      width: 'minmax(110px, 1fr)',
      render: (row) => format.name(row.department.name),
    },
    {
      id: 'station',
      header: t('programme:ladder.place'),
      width: 'minmax(110px, 1fr)',
      render: (row) => format.name(row.jurisdiction.name),
    },
    {
      id: 'cameras',
      header: t('programme:ladder.cameras'),
      width: '90px',
      align: 'end',
      render: (row) => format.number(row.cameras),
    },
    {
      id: 'linked',
      header: t('programme:rung.linked'),
      width: '80px',
      align: 'end',
      render: (row) => format.number(linked(row)),
    },
    {
      id: 'verified',
      header: t('programme:rung.verified'),
      width: '110px',
      align: 'end',
      render: (row) => format.number(verified(row)),
    },
    { id: 'since', header: t('programme:ladder.since'), width: '130px', render: (row) => format.date(sinceMs(row)) },
    {
      id: 'next',
      header: t('programme:ladder.next'),
      width: 'minmax(130px, 1fr)',
      render: (row) =>
        row.step === 'refused'
          ? format.name(row.refusal?.name)
          : row.step === 'promised'
            ? day(row.promised_for)
            : row.come_again_on
              ? t('programme:ladder.again', { day: day(row.come_again_on) })
              : '',
    },
    {
      id: 'times_asked',
      header: t('programme:ladder.times_asked'),
      width: '100px',
      align: 'end',
      render: (row) => format.number(row.times_asked),
    },
    {
      id: 'source',
      header: t('programme:ladder.source'),
      width: 'minmax(140px, 1fr)',
      render: (row) => row.source_list,
    },
  ];
}
