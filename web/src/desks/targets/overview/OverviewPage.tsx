import { Button, Group, Select } from '@mantine/core';
import { IconPlus, IconTargetArrow } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { Bars, BurnUp, ChartFrame, type Bar } from '@/kit/charts';
import { AllotDialog } from '../edit/AllotDialog';
import { NumberDialog } from '../edit/NumberDialog';
import { PlanDialog } from '../edit/PlanDialog';
import { Frame } from '../Frame';
import { burnUpQuery, DONE, KEY, planQuery, plansQuery, premisesAt } from '../queries';
import classes from '../targets.module.css';
import type { PlanOverview, TargetLine } from '../types';
import { Headline } from './Headline';
import { PartsTable, useTargetName } from './PartsTable';
import { ProgrammeFunnel } from './ProgrammeFunnel';

/** A plan in five minutes: one sentence, the burn-up, the parts and what is not allotted, by class, department, area. */
export function Component() {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const mayEdit = useCan('target.edit');
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const plans = useQuery(plansQuery);
  const id = search.get('plan') ?? plans.data?.[0]?.id;
  const plan = useQuery({ ...planQuery(id ?? ''), enabled: id !== undefined });
  const add = mayEdit && (
    <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t('new_plan')}
    </Button>
  );
  const failed = plans.error ?? plan.error;
  return (
    <Frame
      as_of_ms={plan.data?.as_of_ms}
      file={id && `/target-plans/${id}/export`}
      actions={
        <Group gap={8}>
          {plans.data && plans.data.length > 1 && (
            <Select
              size="xs"
              w={220}
              aria-label={t('plan')}
              allowDeselect={false}
              data={plans.data.map((one) => ({ value: one.id, label: format.name(one.name) }))}
              value={id ?? null}
              onChange={(next) => setSearch(next ? { plan: next } : {}, { replace: true })}
            />
          )}
          {add}
        </Group>
      }
    >
      {failed ? (
        <ErrorState error={failed} onRetry={() => void (plans.error ? plans : plan).refetch()} />
      ) : plans.data?.length === 0 && !id ? (
        <EmptyState icon={IconTargetArrow} title={t('no_plan')} hint={t(mayEdit ? 'no_plan_hint' : 'no_plan_ask')} />
      ) : plan.data ? (
        <Plan key={plan.data.id} plan={plan.data} mayEdit={mayEdit} />
      ) : (
        <LoadingRows rows={12} />
      )}
      {adding && <PlanDialog onClose={() => setAdding(false)} onMade={(made) => setSearch({ plan: made })} />}
    </Frame>
  );
}

function Plan({ plan, mayEdit }: { plan: PlanOverview; mayEdit: boolean }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const client = useQueryClient();
  const nameOf = useTargetName();
  const [shown, setShown] = useState<TargetLine | null>(null);
  const [changing, setChanging] = useState<TargetLine | null>(null);
  const [ending, setEnding] = useState<TargetLine | null>(null);
  const [allotting, setAllotting] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: [KEY] });
  const area = plan.area.path;
  const classBars: Bar[] = plan.by_owner_class.map((one) => ({
    id: one.code,
    label: format.name(one.name),
    value: one.done,
    target: one.goal,
    to: premisesAt({ owner_class: one.code, camera_step: DONE, jurisdiction: area }),
  }));
  if (plan.rest)
    classBars.push({
      id: '',
      label: t('not_allotted'),
      value: plan.rest.done,
      target: plan.rest.goal,
      apart: true,
    });
  const listedBars = (
    rows: { id: string; name: string; done: number; listed: number; goal: number | null; to: string }[],
  ) =>
    rows.map<Bar>((one) => ({
      id: one.id,
      label: one.name,
      value: one.done,
      target: one.goal ?? one.listed,
      to: one.to,
    }));
  const zones = plan.by_area.filter(({ level }) => level === 'zone');
  const areas = zones.length > 1 ? zones : plan.by_area.filter(({ level }) => level === 'police_station');
  return (
    <div className={classes.wide}>
      <Headline plan={plan} />
      <PlanBurnUp plan={plan} target={shown} />
      <div className={classes.grid}>
        <section className={classes.whole}>
          <Group justify="space-between" mb={8}>
            <h2 className={classes.sectionTitle}>{t('targets')}</h2>
            {mayEdit && (
              <Button size="xs" variant="default" onClick={() => setAllotting(true)}>
                {t('allot')}
              </Button>
            )}
          </Group>
          <PartsTable
            plan={plan}
            mayEdit={mayEdit}
            onShow={(line) => setShown(line.whole ? null : line)}
            onChange={setChanging}
            onEnd={setEnding}
          />
        </section>
        <section className={classes.section}>
          <Counted title={t('by_owner_class')} summary={t('by_owner_class_hint')} bars={classBars} />
        </section>
        <section className={classes.section}>
          <ProgrammeFunnel jurisdiction={area} />
        </section>
        <section className={classes.section}>
          <Counted
            title={t('by_department')}
            summary={t('tick_is_listed')}
            bars={listedBars(
              plan.by_department.map((one) => ({
                ...one,
                id: one.code,
                name: format.name(one.name),
                to: premisesAt({ department: one.code, camera_step: DONE, jurisdiction: area }),
              })),
            )}
          />
        </section>
        <section className={classes.section}>
          <Counted
            title={t('by_area')}
            summary={t('tick_is_listed')}
            bars={listedBars(
              areas.map((one) => ({
                ...one,
                id: one.path,
                name: format.name(one.name),
                to: premisesAt({ jurisdiction: one.path, camera_step: DONE }),
              })),
            )}
          />
        </section>
      </div>
      {changing && <NumberDialog line={changing} onClose={() => setChanging(null)} onDone={refresh} />}
      {allotting && <AllotDialog plan={plan} onClose={() => setAllotting(false)} onDone={refresh} />}
      <ReasonDialog
        opened={ending !== null}
        title={t('end_title', { name: ending ? nameOf(ending) : '' })}
        consequence={t('end_consequence')}
        confirm={t('end')}
        danger
        onClose={() => setEnding(null)}
        onConfirm={async (reason) => {
          if (ending) await api.post(`/targets/${ending.id}/end`, { reason });
          await refresh();
        }}
      />
    </div>
  );
}

function Counted({ title, summary, bars }: { title: string; summary: string; bars: Bar[] }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={{
        columns: [title, t('done'), t('goal')],
        rows: bars.map((bar) => [
          bar.label,
          format.number(bar.value),
          typeof bar.target === 'number' ? format.number(bar.target) : '–',
        ]),
      }}
    >
      <Bars label={title} bars={bars} />
    </ChartFrame>
  );
}

/** The burn-up of the whole, or of the part chosen. */
function PlanBurnUp({ plan, target }: { plan: PlanOverview; target: TargetLine | null }) {
  const { t } = useTranslation('targets');
  const nameOf = useTargetName();
  const burnUp = useQuery(burnUpQuery(plan.id, target ? { target: target.id } : {}));
  if (burnUp.error) return <ErrorState error={burnUp.error} onRetry={() => void burnUp.refetch()} />;
  if (!burnUp.data) return <LoadingRows rows={6} />;
  return (
    <BurnUp
      title={t('burn_up_of', { name: target ? nameOf(target) : t('whole') })}
      points={burnUp.data.points}
      target={burnUp.data.goal ?? 0}
      due={burnUp.data.due_on}
      gap={burnUp.data.gap}
    />
  );
}
