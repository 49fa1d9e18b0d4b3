import { Button, Checkbox, MultiSelect, Popover, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter, IconHistory, IconListCheck, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { codedQuery, jurisdictionsQuery, useCan } from '@/api/queries';
import { useFormat } from '@/kit';
import classes from './alarms.module.css';
import { NO_FILTERS, type Filters, type Order } from './queue';
import { alarmStore } from './store';
import { SEVERITIES, STATES } from './types';

interface Props {
  filters: Filters;
  onFilters: (filters: Filters) => void;
  order: Order;
  onOrder: (order: Order) => void;
  shown: number;
  all: number;
  loaded: boolean;
}

const ORDERS: Order[] = ['newest', 'severity', 'oldest'];
const HOURS = [0, 1, 8, 24];

export function FilterBar({ filters, onFilters, order, onOrder, shown, all, loaded }: Props) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const seesRules = useCan('alarm.view');
  const set = (part: Partial<Filters>) => onFilters({ ...filters, ...part });
  const narrowed = Object.entries(filters).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(NO_FILTERS[name as keyof Filters]),
  ).length;
  return (
    <div className={classes.bar}>
      <TextInput
        size="xs"
        aria-label={t('filter.words')}
        placeholder={t('filter.words')}
        leftSection={<IconSearch size={14} />}
        value={filters.words}
        onChange={(event) => set({ words: event.currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('filter.whose')}
        value={filters.mine ? 'mine' : 'all'}
        onChange={(next) => set({ mine: next === 'mine' })}
        data={[
          { value: 'all', label: t('filter.everybodys') },
          { value: 'mine', label: t('filter.mine') },
        ]}
      />
      <More filters={filters} set={set} narrowed={narrowed} />
      {narrowed > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => onFilters(NO_FILTERS)}>
          {t('filter.clear')}
        </Button>
      )}
      <Select
        size="xs"
        w={150}
        aria-label={t('order.label')}
        allowDeselect={false}
        data={ORDERS.map((one) => ({ value: one, label: t(`order.${one}`) }))}
        value={order}
        onChange={(next) => onOrder((next ?? 'newest') as Order)}
      />
      <span className={classes.numbers} role="status">
        {loaded
          ? t('shown', { shown: format.number(shown), all: format.number(all) })
          : t('loading', { number: format.number(all) })}
      </span>
      <Button component={Link} to="/alarms/past" size="xs" variant="subtle" leftSection={<IconHistory size={14} />}>
        {t('past.title')}
      </Button>
      {seesRules && (
        <Button
          component={Link}
          to="/alarms/rules"
          size="xs"
          variant="subtle"
          leftSection={<IconListCheck size={14} />}
        >
          {t('rules.title')}
        </Button>
      )}
    </div>
  );
}

/** The filters that are needed less often, with what there is to choose from in the list. */
function More({
  filters,
  set,
  narrowed,
}: {
  filters: Filters;
  set: (part: Partial<Filters>) => void;
  narrowed: number;
}) {
  const { t } = useTranslation('alarms');
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={320} shadow="none" withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant={narrowed > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={14} />}
          onClick={() => setOpened(!opened)}
        >
          {t('filter.more')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{opened && <Choices filters={filters} set={set} />}</Popover.Dropdown>
    </Popover>
  );
}

function Choices({ filters, set }: { filters: Filters; set: (part: Partial<Filters>) => void }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const found = useMemo(() => {
    const types = new Set<string>();
    const rules = new Map<string, { en: string; hi: string }>();
    const posts = new Set<string>();
    for (const row of alarmStore.all()) {
      types.add(row.type);
      rules.set(row.rule_id, row.name);
      if (row.handling.post) posts.add(row.handling.post);
    }
    return { types: [...types].sort(), rules: [...rules], posts: [...posts].sort() };
  }, []);
  const inside = { comboboxProps: { withinPortal: false } };
  return (
    <Stack gap="xs">
      <MultiSelect
        {...inside}
        size="xs"
        label={t('filter.severity')}
        data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
        value={filters.severities}
        onChange={(severities) => set({ severities: severities as Filters['severities'] })}
      />
      <MultiSelect
        {...inside}
        size="xs"
        label={t('filter.state')}
        data={STATES.map((one) => ({ value: one, label: t(`state.${one}`) }))}
        value={filters.states}
        onChange={(states) => set({ states: states as Filters['states'] })}
      />
      <MultiSelect
        {...inside}
        size="xs"
        label={t('filter.type')}
        data={found.types.map((one) => ({
          value: one,
          label: t(`types.${one.replaceAll('.', '_')}`, { defaultValue: one }),
        }))}
        value={filters.types}
        onChange={(types) => set({ types })}
      />
      <Select
        {...inside}
        size="xs"
        clearable
        searchable
        label={t('filter.rule')}
        data={found.rules.map(([value, name]) => ({ value, label: format.name(name) }))}
        value={filters.rule || null}
        onChange={(rule) => set({ rule: rule ?? '' })}
      />
      <Select
        {...inside}
        size="xs"
        clearable
        searchable
        label={t('filter.area')}
        data={areas.map((area) => ({ value: area.path, label: format.name(area.name) }))}
        value={filters.area || null}
        onChange={(area) => set({ area: area ?? '' })}
      />
      <Select
        {...inside}
        size="xs"
        clearable
        label={t('filter.agency')}
        data={agencies.map((agency) => ({ value: agency.code, label: format.name(agency.name) }))}
        value={filters.agency || null}
        onChange={(agency) => set({ agency: agency ?? '' })}
      />
      {found.posts.length > 0 && (
        <Select
          {...inside}
          size="xs"
          clearable
          label={t('filter.post')}
          data={found.posts}
          value={filters.post || null}
          onChange={(post) => set({ post: post ?? '' })}
        />
      )}
      <Select
        {...inside}
        size="xs"
        label={t('filter.time')}
        allowDeselect={false}
        data={HOURS.map((hours) => ({
          value: String(hours),
          label: hours === 0 ? t('filter.any_time') : t('filter.hours', { count: hours, number: format.number(hours) }),
        }))}
        value={String(filters.hours)}
        onChange={(hours) => set({ hours: Number(hours ?? 0) })}
      />
      <Checkbox
        size="xs"
        label={t('filter.tests')}
        checked={filters.tests}
        onChange={(event) => set({ tests: event.currentTarget.checked })}
      />
    </Stack>
  );
}
