import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockPause,
  IconFlag,
  IconMap2,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState, useFormat } from '@/kit';
import classes from '../field.module.css';
import type { VisitState } from '../offline/db';
import { distance, usePosition } from '../offline/position';
import { useField } from '../offline/store';
import { matches, subjects, type Subject } from '../subject';
import { Sketch } from './Sketch';

const MARKS = {
  waiting: IconClockPause,
  done: IconCircleCheck,
  attention: IconAlertTriangle,
  decision: IconAlertTriangle,
};

/** Today's visits, the nearest first. */
export function DayScreen() {
  const { t } = useTranslation('field');
  const format = useFormat();
  const { day, visits, busy } = useField();
  const position = usePosition((state) => state.position);
  const [search, setSearch] = useState('');
  const [sketch, setSketch] = useState(false);
  const all = useMemo(() => subjects(day, visits), [day, visits]);
  const shown = useMemo(() => {
    const found = all.filter((subject) => matches(subject, search));
    if (!position) return found;
    const far = (one: Subject) =>
      one.lat != null && one.lon != null ? distance(position, { lat: one.lat, lon: one.lon }) : Infinity;
    // What is set as a task stays before the rest.
    const first = (one: Subject) => (one.premises?.task ? 0 : 1);
    return [...found].sort((a, b) => first(a) - first(b) || far(a) - far(b));
  }, [all, position, search]);
  if (!day && all.length === 0)
    return <EmptyState title={t(busy ? 'day.loading' : 'day.none')} hint={busy ? '' : t('day.none_hint')} />;
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          size="md"
          placeholder={t('day.search')}
          aria-label={t('day.search')}
          leftSection={<IconSearch size={18} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Tooltip label={t('day.sketch')}>
          <ActionIcon
            variant={sketch ? 'light' : 'default'}
            size={42}
            aria-label={t('day.sketch')}
            aria-pressed={sketch}
            onClick={() => setSketch(!sketch)}
          >
            <IconMap2 size={20} />
          </ActionIcon>
        </Tooltip>
      </div>
      {sketch && <Sketch subjects={shown} here={position} />}
      {shown.length === 0 && <EmptyState title={t(search ? 'day.nothing_found' : 'day.all_done')} />}
      <ul className={classes.list}>
        {shown.map((subject) => (
          <li key={subject.id}>
            <Item subject={subject} />
          </li>
        ))}
        {day && day.more > 0 && (
          <li className={classes.section}>{t('day.more', { count: day.more, number: format.number(day.more) })}</li>
        )}
      </ul>
      <Button
        className={classes.new}
        component={Link}
        to="/field/new"
        size="md"
        radius="xl"
        leftSection={<IconPlus size={20} />}
      >
        {t('new.short')}
      </Button>
    </>
  );
}

function Item({ subject }: { subject: Subject }) {
  const { t } = useTranslation('field');
  const format = useFormat();
  const position = usePosition((state) => state.position);
  const { premises, place, lat, lon } = subject;
  const last = subject.visits.at(-1);
  const about = [
    premises ? format.name(premises.owner_class.name) : t('new.found'),
    premises ? format.name(premises.address) : place?.address,
  ].filter(Boolean);
  return (
    <Link className={classes.item} to={`/field/p/${subject.id}`} data-done={last ? true : undefined}>
      <span className={classes.itemName}>{format.name(subject.name)}</span>
      <span className={classes.itemMore}>
        {premises?.task && <IconFlag size={13} aria-label={t('day.task')} />} {about.join(' · ')}
      </span>
      <span className={classes.side}>
        {last ? (
          <span className={classes.mark} data-kind={last.state}>
            <StateIcon state={last.state} /> {t(`outcome.${last.form.outcome}`)}
          </span>
        ) : (
          <span className={classes.mark}>{t(`step.${subject.step}`)}</span>
        )}
        {position && lat != null && lon != null && <Far metres={distance(position, { lat, lon })} />}
      </span>
    </Link>
  );
}

function StateIcon({ state }: { state: VisitState }) {
  const { t } = useTranslation('field');
  const Icon = MARKS[state];
  return <Icon size={16} aria-label={t(`visit_state.${state}`)} />;
}

function Far({ metres }: { metres: number }) {
  const { t } = useTranslation('field');
  const format = useFormat();
  return (
    <span>
      {metres < 1000
        ? t('metres', { number: format.number(Math.round(metres / 10) * 10) })
        : t('kilometres', { number: format.number(metres / 1000, 1) })}
    </span>
  );
}
