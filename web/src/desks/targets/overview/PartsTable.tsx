import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit';
import { dayMs } from '@/kit/charts';
import { DONE, premisesAt } from '../queries';
import classes from '../targets.module.css';
import type { PlanOverview, TargetLine } from '../types';

interface Props {
  plan: PlanOverview;
  mayEdit: boolean;
  onShow: (target: TargetLine) => void;
  onChange: (target: TargetLine) => void;
  onEnd: (target: TargetLine) => void;
}

export function useTargetName() {
  const { t } = useTranslation('targets');
  const format = useFormat();
  return (line: TargetLine) =>
    [line.owner_class, line.department, line.area, line.ward]
      .filter((one) => one !== null)
      .map((one) => format.name(one.name))
      .join(' · ') || t('whole');
}

/** The whole, its parts, and what is not allotted, with gap and forecast of each. */
export function PartsTable({ plan, mayEdit, onShow, onChange, onEnd }: Props) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const nameOf = useTargetName();
  const { total, rest } = plan;
  if (!total || !rest) return null;
  const rows = [total, ...plan.parts.filter((one) => !one.within)];
  const inside = (id: string) => plan.parts.filter((one) => one.within === id);
  const forecast = ({ outlook }: TargetLine) =>
    outlook.state === 'forecast' && outlook.on ? format.date(dayMs(outlook.on)) : t(`state.${outlook.state}`);
  const row = (line: TargetLine, depth = 0) => [
    <tr key={line.id} data-strong={line.whole || undefined}>
      <th scope="row" style={{ paddingInlineStart: 8 + depth * 16 }}>
        {nameOf(line)}
        {line.within && <span className={classes.sub}>{t('of_which')}</span>}
        {!line.added && !line.within && <span className={classes.sub}>{t('not_added')}</span>}
        {line.kind === 'additional' && (
          <span className={classes.sub}>
            {t('additional_to', { cameras: format.number(line.cameras), base: format.number(line.base_done) })}
          </span>
        )}
      </th>
      <td>{format.number(line.goal)}</td>
      <td>
        <Link
          to={premisesAt({
            camera_step: DONE,
            owner_class: line.owner_class?.code,
            department: line.department?.code,
            jurisdiction: line.area?.path ?? plan.area.path,
          })}
        >
          {format.number(line.done)}
        </Link>
      </td>
      <td>
        {format.number(line.gap)}
        {line.surplus > 0 && (
          <span className={classes.sub}>{t('surplus', { number: format.number(line.surplus) })}</span>
        )}
      </td>
      <td>{format.date(dayMs(line.due_on))}</td>
      <td>{line.outlook.needed_per_day === null ? '–' : format.number(line.outlook.needed_per_day, 1)}</td>
      <td>{line.outlook.pace_per_day === null ? '–' : format.number(line.outlook.pace_per_day, 1)}</td>
      <td className={line.outlook.in_time === false ? classes.late : undefined}>{forecast(line)}</td>
      <td>
        <Menu position="bottom-end" shadow="none" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" size="sm" aria-label={t('more', { name: nameOf(line) })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onShow(line)}>{t('show_burn_up')}</Menu.Item>
            {mayEdit && <Menu.Item onClick={() => onChange(line)}>{t('change')}</Menu.Item>}
            {mayEdit && !line.whole && (
              <Menu.Item color="red" onClick={() => onEnd(line)}>
                {t('end')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>,
    ...(line.whole ? [] : inside(line.id).map((one): React.ReactNode => row(one, depth + 1))),
  ];
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('targets')}>
        <thead>
          <tr>
            <th scope="col">{t('target_of')}</th>
            <th scope="col">{t('goal')}</th>
            <th scope="col">{t('done')}</th>
            <th scope="col">{t('gap')}</th>
            <th scope="col">{t('due')}</th>
            <th scope="col">{t('needed_a_day')}</th>
            <th scope="col">{t('pace_a_day')}</th>
            <th scope="col">{t('expected')}</th>
            <th aria-label={t('actions')} />
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((line) => row(line))}
          <tr data-rest>
            <th scope="row">
              {t('not_allotted')}
              {rest.meant_for.length > 0 && (
                <span className={classes.sub}>
                  {t('meant_for', { classes: rest.meant_for.map((one) => format.name(one.name)).join(', ') })}
                </span>
              )}
            </th>
            <td>{format.number(rest.cameras)}</td>
            <td>{format.number(rest.done)}</td>
            <td>{format.number(rest.gap)}</td>
            <td colSpan={5} />
          </tr>
        </tbody>
      </table>
    </div>
  );
}
