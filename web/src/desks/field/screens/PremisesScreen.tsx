import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconNavigation, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { EmptyState, useFormat } from '@/kit';
import classes from '../field.module.css';
import { useField } from '../offline/store';
import { outcomes, subjects } from '../subject';
import { Outcomes } from './Outcomes';

/** One premises: how to get there, whom to call, what was before, and what came of this visit. */
export function PremisesScreen() {
  const { t } = useTranslation('field');
  const format = useFormat();
  const navigate = useNavigate();
  const { id } = useParams();
  const { day, visits } = useField();
  const subject = subjects(day, visits).find((one) => one.id === id);
  if (!subject) return <EmptyState title={t('premises.gone')} hint={t('premises.gone_hint')} />;
  const { premises, place, lat, lon } = subject;
  const address = premises ? format.name(premises.address) : place?.address;
  const here = lat != null && lon != null ? `${lat},${lon}` : '';
  return (
    <>
      <section className={classes.section}>
        <Title order={1} size="h4">
          {format.name(subject.name)}
        </Title>
        <Text size="sm" c="dimmed">
          {[premises ? format.name(premises.owner_class.name) : t('new.found'), address].filter(Boolean).join(' · ')}
        </Text>
        <Text size="sm" mt={4}>
          {t(`step.${subject.step}`)}
          {premises &&
            ` · ${t('premises.cameras', { count: premises.cameras, number: format.number(premises.cameras) })}`}
          {premises?.public && ` · ${t('premises.public')}`}
        </Text>
        {premises?.task && (
          <Text size="sm" mt={4}>
            {t('premises.task', { title: format.name(premises.task.title) })}
          </Text>
        )}
        <Group gap={8} mt="sm">
          {premises?.contacts
            .filter((contact) => contact.mobile)
            .map((contact) => (
              <Button
                key={contact.mobile}
                component="a"
                href={`tel:${contact.mobile.replace(/[^\d+]/g, '')}`}
                variant="default"
                size="md"
                leftSection={<IconPhone size={18} />}
              >
                {contact.name}
              </Button>
            ))}
          {here && (
            <Button
              component="a"
              href={`geo:${here}?q=${here}`}
              variant="default"
              size="md"
              leftSection={<IconNavigation size={18} />}
            >
              {t('premises.directions')}
            </Button>
          )}
        </Group>
      </section>
      <section className={classes.section}>
        <h2 className={classes.sectionTitle}>{t('premises.what_came')}</h2>
        <Outcomes
          of={outcomes(subject.step, premises?.public ?? false)}
          onPick={(outcome) => void navigate(`/field/p/${subject.id}/${outcome}`)}
        />
      </section>
      {(subject.visits.length > 0 || (premises?.history.length ?? 0) > 0) && (
        <section className={classes.section}>
          <h2 className={classes.sectionTitle}>{t('premises.history')}</h2>
          <Stack gap={0} component="ul" className={classes.history}>
            {subject.visits.toReversed().map((visit) => (
              <li key={visit.id}>
                {format.when(visit.form.made_at_ms)} · {t(`outcome.${visit.form.outcome}`)} ·{' '}
                {t(`visit_state.${visit.state}`)}
              </li>
            ))}
            {premises?.history.map((entry, at) => (
              <li key={at}>
                {format.when(entry.at_ms)} · {t(`step.${entry.step}`)} {entry.by && `· ${entry.by}`}
                {entry.note && (
                  <Text size="sm" c="dimmed">
                    {entry.note}
                  </Text>
                )}
              </li>
            ))}
          </Stack>
        </section>
      )}
    </>
  );
}
