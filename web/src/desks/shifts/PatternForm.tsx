import { ActionIcon, Alert, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery } from '@/api/queries';
import type { Name } from '@/api/types';
import { AreaSelect } from '@/desks/programme/parts/AreaSelect';
import { FormModal } from '@/desks/works/FormModal';
import { BilingualInput, useFormat } from '@/kit';
import { SHIFTS } from './queries';
import type { Pattern, Turn } from './types';
import { useSeen } from './useSeen';
import classes from './shifts.module.css';

const FREE = 'free';
const NEW_TURN: Turn = { name: { en: '', hi: '' }, start: '06:00', minutes: 480 };

/** Turns of a day and the cycle in which people walk through them. */
export function PatternForm({ pattern, onClose }: { pattern: Pattern | null; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const client = useQueryClient();
  const { guarded, present } = useSeen(pattern);
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const [name, setName] = useState<Name>(pattern?.name ?? { en: '', hi: '' });
  const [area, setArea] = useState<string | null>(pattern?.jurisdiction ?? null);
  const [agency, setAgency] = useState<string | null>(pattern?.agency ?? null);
  const [turns, setTurns] = useState<Turn[]>(pattern?.turns ?? [NEW_TURN]);
  const [cycle, setCycle] = useState<(number | null)[]>(pattern?.cycle ?? [0, 0, 0, 0, 0, 0, null]);
  const setTurn = (at: number, part: Partial<Turn>) =>
    setTurns(turns.map((one, number) => (number === at ? { ...one, ...part } : one)));
  const options = [
    ...turns.map((one, at) => ({ value: String(at), label: format.name(one.name) || String(at + 1) })),
    { value: FREE, label: t('posts.free') },
  ];
  return (
    <FormModal
      askWhy
      title={pattern ? format.name(pattern.name) : t('posts.add_pattern')}
      submit={t('entry.save')}
      busy={!name.en.trim() || !name.hi.trim() || area === null || !agency}
      onClose={onClose}
      onSend={async (reason) => {
        const body = { name, jurisdiction: area, agency, turns, cycle, reason };
        if (pattern) await guarded((version) => api.put(`/shift-patterns/${pattern.id}`, { ...body, version }));
        else await api.post('/shift-patterns', body);
        await client.invalidateQueries({ queryKey: SHIFTS });
      }}
    >
      {(errors) => (
        <>
          {present && (
            <Alert color="yellow" variant="outline" p="xs">
              {t('posts.pattern_present', { name: format.name(present.name) })}
            </Alert>
          )}
          <BilingualInput
            required
            label={t('posts.name')}
            value={name}
            error={errors['name.en'] ?? errors['name.hi']}
            onChange={setName}
          />
          <Group grow align="start">
            <AreaSelect required label={t('posts.area')} value={area} error={errors.jurisdiction} onChange={setArea} />
            <Select
              required
              label={t('posts.agency')}
              data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={agency}
              error={errors.agency}
              onChange={setAgency}
            />
          </Group>
          <Text size="sm" fw={600}>
            {t('posts.turns')}
          </Text>
          <Stack gap="xs">
            {turns.map((turn, at) => (
              <div key={at} className={classes.turnRow}>
                <BilingualInput
                  size="xs"
                  label={t('posts.turn')}
                  value={turn.name}
                  error={errors[`turns.${at}.name.en`] ?? errors[`turns.${at}.name.hi`]}
                  onChange={(next) => setTurn(at, { name: next })}
                />
                <TextInput
                  size="xs"
                  type="time"
                  label={t('entry.from')}
                  value={turn.start}
                  error={errors[`turns.${at}.start`]}
                  onChange={(event) => setTurn(at, { start: event.currentTarget.value })}
                />
                <NumberInput
                  size="xs"
                  min={0.5}
                  max={36}
                  step={0.5}
                  label={t('posts.hours')}
                  value={turn.minutes / 60}
                  error={errors[`turns.${at}.minutes`]}
                  onChange={(next) => setTurn(at, { minutes: Math.round(Number(next) * 60) })}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={turns.length === 1}
                  aria-label={t('lay_out.remove')}
                  onClick={() => {
                    setTurns(turns.filter((_, number) => number !== at));
                    setCycle(cycle.map((one) => (one === null || one === at ? null : one > at ? one - 1 : one)));
                  }}
                >
                  <IconX size={14} />
                </ActionIcon>
              </div>
            ))}
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} />}
              style={{ alignSelf: 'start' }}
              onClick={() => setTurns([...turns, NEW_TURN])}
            >
              {t('posts.add_turn')}
            </Button>
          </Stack>
          <Text size="sm" fw={600}>
            {t('posts.cycle')}
          </Text>
          <div className={classes.cycleRow}>
            {cycle.map((which, day) => (
              <Select
                key={day}
                size="xs"
                allowDeselect={false}
                aria-label={t('posts.day', { number: format.number(day + 1) })}
                data={options}
                value={which === null ? FREE : String(which)}
                onChange={(next) =>
                  setCycle(cycle.map((one, at) => (at === day ? (next === FREE ? null : Number(next)) : one)))
                }
              />
            ))}
            <Group gap={4}>
              <Button size="compact-xs" variant="default" onClick={() => setCycle([...cycle, null])}>
                {t('posts.longer')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                disabled={cycle.length === 1}
                onClick={() => setCycle(cycle.slice(0, -1))}
              >
                {t('posts.shorter')}
              </Button>
            </Group>
          </div>
          {errors.cycle && (
            <Text size="xs" c="red">
              {errors.cycle}
            </Text>
          )}
        </>
      )}
    </FormModal>
  );
}
