import { ActionIcon, Button, Group, Menu, Paper, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconDots, IconEdit, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, FileView, LoadingRows, Page, ReasonDialog, useFormat } from '@/kit';
import { dayMs, today } from './days';
import { DelayForm, MilestoneForm, PlanForm, ProgressForm } from './entries';
import { formatMoney } from './money';
import { PackageForm } from './PackageForm';
import { PlanChart } from './PlanChart';
import { packageQuery } from './queries';
import { StateWord } from './StateWord';
import type { Delay, Entry, Milestone, PackageDetail } from './types';
import { ForecastWord } from './WorksPage';
import classes from './works.module.css';

type Open =
  | { form: 'progress'; corrects?: Entry }
  | { form: 'delay'; delay?: Delay }
  | { form: 'plan' | 'edit' | 'milestone' }
  | { form: 'reached'; milestone: Milestone };

/** One package: plan against done, entries, delays, milestones, cost. */
export function Component() {
  const { t } = useTranslation('works');
  const { id = '' } = useParams();
  const format = useFormat();
  const client = useQueryClient();
  const mayEdit = useCan('works.edit');
  const [open, setOpen] = useState<Open | null>(null);
  const { data: row, error, refetch } = useQuery(packageQuery(id));
  if (error && !row) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!row) return <LoadingRows rows={10} />;
  const close = () => setOpen(null);
  return (
    <Page
      padded
      title={`${row.number} · ${format.name(row.name)}`}
      note={[format.name(row.project_name), format.name(row.kind.name), format.name(row.jurisdiction.name)].join(' · ')}
      actions={
        mayEdit && (
          <Group gap={8} wrap="nowrap">
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setOpen({ form: 'progress' })}>
              {t('progress.enter')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="default" size="md" aria-label={t('more')}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setOpen({ form: 'delay' })}>{t('delay.enter')}</Menu.Item>
                <Menu.Item onClick={() => setOpen({ form: 'plan' })}>{t('plan.revise')}</Menu.Item>
                <Menu.Item onClick={() => setOpen({ form: 'milestone' })}>{t('milestone.new')}</Menu.Item>
                <Menu.Item leftSection={<IconEdit size={14} />} onClick={() => setOpen({ form: 'edit' })}>
                  {t('edit')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        )
      }
    >
      <div className={classes.columns}>
        <Box>
          <PlanChart row={row} />
        </Box>
        <Facts row={row} />
        <Box title={t('progress.title')}>
          <Entries row={row} onCorrect={mayEdit ? (corrects) => setOpen({ form: 'progress', corrects }) : undefined} />
        </Box>
        <div style={{ display: 'grid', gap: 12 }}>
          <Box title={t('delay.title')}>
            <Delays row={row} onEdit={mayEdit ? (delay) => setOpen({ form: 'delay', delay }) : undefined} />
          </Box>
          <Box title={t('milestone.title')}>
            <Milestones
              row={row}
              onReached={mayEdit ? (milestone) => setOpen({ form: 'reached', milestone }) : undefined}
            />
          </Box>
          <Box title={t('plan.title')}>
            <Plans row={row} />
          </Box>
        </div>
      </div>
      {open?.form === 'progress' && <ProgressForm row={row} corrects={open.corrects} onClose={close} />}
      {open?.form === 'delay' && <DelayForm row={row} delay={open.delay} onClose={close} />}
      {open?.form === 'plan' && <PlanForm row={row} onClose={close} />}
      {open?.form === 'milestone' && <MilestoneForm row={row} onClose={close} />}
      {open?.form === 'edit' && <PackageForm row={row} onClose={close} />}
      {open?.form === 'reached' && (
        <ReasonDialog
          opened
          title={t('milestone.reached')}
          consequence={format.name(open.milestone.name)}
          confirm={t('milestone.reached')}
          onClose={close}
          onConfirm={async (why) => {
            const { id: milestone, edited_ms } = open.milestone;
            await api.patch(`/works/milestones/${milestone}`, { done_on: today(), why, edited_ms });
            await client.invalidateQueries({ queryKey: ['works'] });
          }}
        />
      )}
    </Page>
  );
}

function Box({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      {title && (
        <Text fw={600} mb={6}>
          {title}
        </Text>
      )}
      {children}
    </Paper>
  );
}

function Facts({ row }: { row: PackageDetail }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const money = (paise: number) => formatMoney(paise, format, t);
  const date = (day: string) => format.date(dayMs(day));
  const { forecast } = row;
  const facts: [string, ReactNode][] = [
    [t('fact.state'), <StateWord key="state" state={row.state} />],
    [
      t('fact.done'),
      t('of', {
        done: format.number(row.done, row.decimals),
        planned: format.number(row.plan.quantity, row.decimals),
        unit: format.name(row.unit),
      }),
    ],
    [
      t('fact.end'),
      <>
        {date(row.plan.end)}
        {row.plan.end !== row.baseline.end && (
          <span className={classes.faint}> · {t('plan.was', { day: date(row.baseline.end) })}</span>
        )}
      </>,
    ],
    [
      t('fact.forecast'),
      <>
        <ForecastWord row={row} />
        {forecast.on && forecast.early && (
          <span className={classes.faint}>
            {' · '}
            {forecast.late
              ? t('forecast.range', { early: date(forecast.early), late: date(forecast.late) })
              : t('forecast.open', { early: date(forecast.early) })}
          </span>
        )}
      </>,
    ],
    [t('fact.days_lost'), format.number(row.days_lost)],
    [t('fact.contractor'), row.contractor || '–'],
    [t('fact.sanctioned'), money(row.sanctioned_paise)],
    [t('fact.committed'), money(row.committed_paise)],
    [
      t('fact.spent'),
      <>
        {money(row.spent_paise)}
        {row.spent_share !== null && <span className={classes.faint}> · {format.number(row.spent_share * 100)}%</span>}
      </>,
    ],
  ];
  if (row.held_up_by) facts.splice(1, 0, [t('fact.held_up_by'), format.name(row.held_up_by.name)]);
  return (
    <Box>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {row.note && (
        <Text size="sm" mt="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {row.note}
        </Text>
      )}
    </Box>
  );
}

function Entries({ row, onCorrect }: { row: PackageDetail; onCorrect: ((entry: Entry) => void) | undefined }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  if (row.entries.length === 0) return <EmptyState title={t('progress.none')} hint={t('progress.none_hint')} />;
  return (
    <ul className={classes.list}>
      {row.entries.map((entry) => (
        <li key={entry.id} className={classes.item} data-corrected={entry.corrected_by !== null || undefined}>
          <span>
            <b>
              {format.number(entry.quantity, row.decimals)} {format.name(row.unit)}
            </b>{' '}
            {format.date(dayMs(entry.done_on))}
            {entry.corrects && <span className={classes.faint}> · {t('progress.is_correction')}</span>}
          </span>
          {onCorrect && entry.corrected_by === null && (
            <Tooltip label={t('progress.correct')}>
              <ActionIcon
                variant="subtle"
                size="md"
                aria-label={t('progress.correct')}
                onClick={() => onCorrect(entry)}
              >
                <IconPencil size={15} />
              </ActionIcon>
            </Tooltip>
          )}
          <span className={classes.faint} style={{ gridColumn: '1 / -1' }}>
            {[entry.by, entry.note, entry.over_reason].filter(Boolean).join(' · ')}
          </span>
          {entry.photo_ids.length > 0 && (
            <span style={{ gridColumn: '1 / -1' }}>
              <FileView files={entry.photo_ids.map((photo) => ({ id: photo }))} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Delays({ row, onEdit }: { row: PackageDetail; onEdit: ((delay: Delay) => void) | undefined }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  if (row.delays.length === 0) return <Text size="sm">{t('delay.none')}</Text>;
  return (
    <ul className={classes.list}>
      {row.delays.map((delay) => (
        <li key={delay.id} className={classes.item}>
          <span>
            <b>{format.name(delay.reason.name)}</b>{' '}
            {t(delay.last_day ? 'delay.from_to' : 'delay.since', {
              first: format.date(dayMs(delay.first_day)),
              last: delay.last_day ? format.date(dayMs(delay.last_day)) : '',
            })}
            <span className={classes.faint}>
              {' · '}
              {t('delay.days', { count: delay.days, number: format.number(delay.days) })}
            </span>
          </span>
          {onEdit && (
            <Tooltip label={t('delay.edit')}>
              <ActionIcon variant="subtle" size="md" aria-label={t('delay.edit')} onClick={() => onEdit(delay)}>
                <IconPencil size={15} />
              </ActionIcon>
            </Tooltip>
          )}
          <span className={classes.faint}>{delay.note}</span>
        </li>
      ))}
    </ul>
  );
}

function Milestones(props: { row: PackageDetail; onReached: ((milestone: Milestone) => void) | undefined }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const { milestones } = props.row;
  if (milestones.length === 0) return <Text size="sm">{t('milestone.none')}</Text>;
  return (
    <ul className={classes.list}>
      {milestones.map((one) => (
        <li key={one.id} className={classes.item}>
          <span>
            {format.name(one.name)}
            <span className={classes.faint} style={one.late ? { color: 'var(--alarm)' } : undefined}>
              {' · '}
              {one.done_on
                ? t('milestone.done_on', { day: format.date(dayMs(one.done_on)) })
                : t('milestone.due_on', { day: format.date(dayMs(one.due_on)) })}
            </span>
          </span>
          {props.onReached && !one.done_on && (
            <Tooltip label={t('milestone.reached')}>
              <ActionIcon
                variant="subtle"
                size="md"
                aria-label={t('milestone.reached')}
                onClick={() => props.onReached?.(one)}
              >
                <IconCheck size={15} />
              </ActionIcon>
            </Tooltip>
          )}
        </li>
      ))}
    </ul>
  );
}

function Plans({ row }: { row: PackageDetail }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const plan = (one: PackageDetail['plan']) =>
    t('plan.line', {
      quantity: format.number(one.quantity, row.decimals),
      unit: format.name(row.unit),
      start: format.date(dayMs(one.start)),
      end: format.date(dayMs(one.end)),
    });
  return (
    <ul className={classes.list}>
      {row.revisions.map((one) => (
        <li key={one.id} className={classes.item}>
          <span>{plan(one.plan)}</span>
          <span className={classes.faint} style={{ gridColumn: '1 / -1' }}>
            {[format.date(one.created_ms), one.by, one.reason].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
      <li className={classes.item}>
        <span>
          {plan(row.baseline)}
          <span className={classes.faint}> · {t('plan.is_baseline')}</span>
        </span>
      </li>
    </ul>
  );
}
