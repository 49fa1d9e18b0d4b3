import { Button, Group, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconListCheck, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import { SeverityMark } from '../Mark';
import { ruleQuery, rulesQuery } from '../queries';
import type { Rule } from '../types';
import { NewRule, RuleEditor } from './RuleEditor';
import classes from './rules.module.css';

/** Every rule, and one of them beside the list: said in sentences, tried on past events, switched on and off. */
export function Component() {
  const { t } = useTranslation('alarms');
  const { id } = useParams();
  const mayEdit = useCan('alarm.rule');
  const { data, error, refetch } = useQuery(rulesQuery);
  return (
    <Page
      title={t('rules.title')}
      note={t('rules.note')}
      actions={
        <Group gap={8}>
          <Button component={Link} to="/alarms" size="xs" variant="default" leftSection={<IconArrowLeft size={14} />}>
            {t('title')}
          </Button>
          {mayEdit && (
            <Button component={Link} to="/alarms/rules/new" size="xs" leftSection={<IconPlus size={14} />}>
              {t('rules.new')}
            </Button>
          )}
        </Group>
      }
    >
      <div className={classes.page} data-open={id !== undefined}>
        <nav className={classes.list} aria-label={t('rules.title')}>
          {error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <LoadingRows rows={10} height={40} />
          ) : data.length === 0 ? (
            <EmptyState icon={IconListCheck} title={t('rules.none')} hint={t('rules.none_hint')} />
          ) : (
            data.map((rule) => <RuleLine key={rule.id} rule={rule} isOpen={rule.id === id} />)
          )}
        </nav>
        <div className={classes.editor}>
          {id === 'new' ? (
            <NewRule />
          ) : id ? (
            <OneRule key={id} id={id} />
          ) : (
            <EmptyState icon={IconListCheck} title={t('rules.choose')} hint={t('rules.choose_hint')} />
          )}
        </div>
      </div>
    </Page>
  );
}

function RuleLine({ rule, isOpen }: { rule: Rule; isOpen: boolean }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const state = rule.in_force === null ? 'off' : rule.in_force < rule.latest ? 'draft' : 'on';
  return (
    <Link className={classes.line} to={`/alarms/rules/${rule.id}`} aria-current={isOpen ? 'page' : undefined}>
      <SeverityMark severity={rule.body.severity} />
      <span className={classes.lineName}>{format.name(rule.name)}</span>
      <Tooltip label={t(`rules.state_long.${state}`)}>
        <span className={classes.state} data-state={state}>
          {t(`rules.state.${state}`)}
        </span>
      </Tooltip>
      <span className={classes.week}>
        {t('rules.week', { count: rule.alarms_week, number: format.number(rule.alarms_week) })}
      </span>
    </Link>
  );
}

function OneRule({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(ruleQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={10} />;
  return <RuleEditor detail={data} />;
}
