import { ActionIcon, Alert, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { FormModal, type Errors } from '@/desks/works/FormModal';
import { useFormat } from '@/kit';
import { patternsQuery, peopleQuery, postsQuery, SHIFTS } from '../queries';
import type { LaidOut } from '../types';
import { clashText } from './clashes';
import classes from '../shifts.module.css';

/** A pattern, people, weeks: what it would make is shown first, then kept as drafts. */
export function LayOut({ first: given, onClose }: { first: string; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const client = useQueryClient();
  const posts = (useQuery(postsQuery).data ?? []).filter((one) => one.active);
  const patterns = (useQuery(patternsQuery).data ?? []).filter((one) => one.active);
  const [post, setPost] = useState<string | null>(null);
  const [patternId, setPattern] = useState<string | null>(null);
  const [first, setFirst] = useState(given);
  const [weeks, setWeeks] = useState<number | string>(4);
  const [people, setPeople] = useState<string[]>([]);
  const [begins, setBegins] = useState<Record<string, number>>({});
  const [tried, setTried] = useState<LaidOut | null>(null);
  const [refused, setRefused] = useState<Errors>({});
  const sitters = useQuery({ ...peopleQuery(post ?? ''), enabled: post !== null }).data ?? [];
  const pattern = patterns.find((one) => one.id === patternId);
  const days = pattern?.cycle.length ?? 1;
  const beginOf = (person: string, at: number) =>
    begins[person] ?? Math.floor((at * days) / Math.max(1, people.length));
  const changed = () => setTried(null);

  const lay = (keep: boolean) =>
    api.post<LaidOut>('/roster/lay-out', {
      post,
      pattern: patternId,
      first,
      weeks,
      people: people.map((person, at) => ({ person, begin: beginOf(person, at) })),
      keep,
    });
  const look = async () => {
    setRefused({});
    try {
      setTried(await lay(false));
    } catch (error) {
      const fields = fieldErrors(error);
      setRefused(Object.keys(fields).length > 0 ? fields : { person: sentenceOf(error) });
    }
  };
  return (
    <FormModal
      title={t('lay_out.title')}
      submit={t('lay_out.keep')}
      busy={tried === null}
      onClose={onClose}
      onSend={async () => {
        await lay(true);
        await client.invalidateQueries({ queryKey: SHIFTS });
      }}
    >
      {(sent) => {
        const errors = { ...refused, ...sent };
        return (
          <>
            <Group grow align="start">
              <Select
                required
                label={t('post')}
                data={posts.map((one) => ({ value: one.id, label: format.name(one.name) }))}
                value={post}
                error={errors.post}
                onChange={(next) => {
                  setPost(next);
                  setPeople([]);
                  changed();
                }}
              />
              <Select
                required
                label={t('lay_out.pattern')}
                data={patterns.map((one) => ({ value: one.id, label: format.name(one.name) }))}
                value={patternId}
                error={errors.pattern}
                onChange={(next) => {
                  setPattern(next);
                  setBegins({});
                  changed();
                }}
              />
            </Group>
            <Group grow align="start">
              <TextInput
                required
                type="date"
                label={t('lay_out.first')}
                value={first}
                error={errors.first}
                onChange={(event) => {
                  setFirst(event.currentTarget.value);
                  changed();
                }}
              />
              <NumberInput
                required
                min={1}
                max={8}
                label={t('lay_out.weeks')}
                value={weeks}
                error={errors.weeks}
                onChange={(next) => {
                  setWeeks(next);
                  changed();
                }}
              />
            </Group>
            <Select
              searchable
              label={t('lay_out.people')}
              description={t('lay_out.people_hint')}
              nothingFoundMessage={t('nobody')}
              data={sitters
                .filter((one) => !people.includes(one.id))
                .map((one) => ({ value: one.id, label: one.name }))}
              value={null}
              error={errors.person ?? errors.people}
              onChange={(next) => {
                if (next) setPeople([...people, next]);
                changed();
              }}
            />
            <Stack gap={4}>
              {people.map((person, at) => (
                <Group key={person} gap="xs" wrap="nowrap">
                  <Text size="sm" style={{ flex: 1 }}>
                    {sitters.find((one) => one.id === person)?.name}
                  </Text>
                  <NumberInput
                    size="xs"
                    w={150}
                    min={1}
                    max={days}
                    aria-label={t('lay_out.begin')}
                    prefix={`${t('lay_out.begin')} `}
                    value={beginOf(person, at) + 1}
                    onChange={(next) => {
                      setBegins({ ...begins, [person]: Math.max(0, Number(next) - 1) });
                      changed();
                    }}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('lay_out.remove')}
                    onClick={() => {
                      setPeople(people.filter((one) => one !== person));
                      changed();
                    }}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </Group>
              ))}
            </Stack>
            <Button
              variant="default"
              size="xs"
              style={{ alignSelf: 'start' }}
              disabled={!post || !patternId || people.length === 0}
              onClick={() => void look()}
            >
              {t('lay_out.try')}
            </Button>
            {tried && (
              <Alert color={tried.clashes.length > 0 ? 'yellow' : 'green'} variant="light" p="xs">
                {t('lay_out.makes', { number: format.number(tried.items.length) })}
                {tried.standing > 0 && ` ${t('lay_out.standing', { number: format.number(tried.standing) })}`}
                {tried.clashes.length > 0 && (
                  <ul className={classes.clashes}>
                    {tried.clashes.slice(0, 6).map((clash, at) => (
                      <li key={at}>{clashText(clash, tried.items, t, format)}</li>
                    ))}
                  </ul>
                )}
              </Alert>
            )}
          </>
        );
      }}
    </FormModal>
  );
}
