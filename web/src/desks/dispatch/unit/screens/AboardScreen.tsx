import { Button, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMapPin, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import { SeverityMark } from '@/desks/alarms/Mark';
import { ReasonDialog, useFormat, useNow } from '@/kit';
import { ProgressWord, StatusWord } from '../../Marks';
import { useWords } from '../../wording';
import { NEXT } from '../applied';
import { act, ask } from '../offline/store';
import { useTracking } from '../offline/tracking';
import type { CrewAssignment, CrewUnit, Day, SaidStatus } from '../types';
import classes from '../unit.module.css';
import { Talk } from './Talk';

const SAYS: SaidStatus[] = ['available', 'busy', 'out_of_service'];

/** On board: what the unit is sent to first, then its own state and what was written. */
export function AboardScreen({ day, unit }: { day: Day; unit: CrewUnit }) {
  const { t } = useTranslation('unit');
  return (
    <>
      {day.assignments.map((one) => (
        <Call key={one.id} one={one} />
      ))}
      <Own day={day} unit={unit} />
      <Talk day={day} />
      <section className={classes.section}>
        <Position day={day} />
        <Button
          variant="default"
          size="lg"
          disabled={day.assignments.length > 0}
          onClick={() => void asked('/unit/sign-off')}
        >
          {t('sign_off')}
        </Button>
      </section>
    </>
  );
}

function asked(path: string, body: Record<string, unknown> = {}) {
  return ask(path, body).catch((error: unknown) => notifications.show({ color: 'red', message: sentenceOf(error) }));
}

function Call({ one }: { one: CrewAssignment }) {
  const { t } = useTranslation('unit');
  const format = useFormat();
  const words = useWords();
  const now = useNow(10_000);
  const [refusing, setRefusing] = useState(false);
  const { incident } = one;
  const next = NEXT[one.state];
  const phone = one.reporter_phone.replace(/[^+\d]/g, '');
  return (
    <section className={classes.call} data-state={one.state} aria-label={incident.number}>
      <div className={classes.callHead}>
        <SeverityMark severity={incident.severity} size={18} />
        <span>{incident.number}</span>
        <ProgressWord state={one.state} told={one.told} />
        <span className={classes.faint}>{format.ago(one.offered_ms, now)}</span>
      </div>
      <h2>{words.title(incident)}</h2>
      <p>{[format.name(incident.kind.name), incident.address].filter(Boolean).join(' · ')}</p>
      {one.description && <p>{one.description}</p>}
      {one.note && <p className={classes.note}>{one.note}</p>}
      <div className={classes.links}>
        {incident.lat !== null && incident.lon !== null && (
          <Button
            component="a"
            href={`geo:${incident.lat},${incident.lon}?q=${incident.lat},${incident.lon}`}
            variant="default"
            size="md"
            leftSection={<IconMapPin size={18} />}
          >
            {t('way')}
          </Button>
        )}
        {phone && (
          <Button component="a" href={`tel:${phone}`} variant="default" size="md" leftSection={<IconPhone size={18} />}>
            {one.reporter_name || one.reporter_phone}
          </Button>
        )}
      </div>
      {next && (
        <Button size="xl" onClick={() => void act(next, { assignment: one.id })}>
          {t(`deed.${next}`)}
        </Button>
      )}
      {one.state !== 'arrived' && (
        <Button size="md" variant="subtle" color="gray" onClick={() => setRefusing(true)}>
          {t('deed.refuse')}
        </Button>
      )}
      <ReasonDialog
        opened={refusing}
        title={t('deed.refuse')}
        confirm={t('deed.refuse')}
        onClose={() => setRefusing(false)}
        onConfirm={(text) => act('refuse', { assignment: one.id, text })}
      />
    </section>
  );
}

function Own({ day, unit }: { day: Day; unit: CrewUnit }) {
  const { t } = useTranslation('unit');
  const [asking, setAsking] = useState(false);
  const say = (status: SaidStatus) => {
    if (status === 'out_of_service') setAsking(true);
    else void act('status', { status });
  };
  return (
    <section className={classes.section}>
      <h2>
        {t('own')}: <StatusWord status={unit.status} />
      </h2>
      {unit.status_note && <p className={classes.faint}>{unit.status_note}</p>}
      {day.assignments.length === 0 && (
        <div className={classes.choices}>
          {SAYS.map((one) => (
            <Button
              key={one}
              size="lg"
              px={4}
              variant={unit.status === one ? 'filled' : 'default'}
              aria-pressed={unit.status === one}
              onClick={() => say(one)}
            >
              {t(`say.${one}`)}
            </Button>
          ))}
        </div>
      )}
      <p className={classes.faint}>{unit.crew.map(({ name }) => name).join(', ')}</p>
      <ReasonDialog
        opened={asking}
        title={t('say.out_of_service')}
        confirm={t('say.out_of_service')}
        onClose={() => setAsking(false)}
        onConfirm={(text) => act('status', { status: 'out_of_service', text })}
      />
    </section>
  );
}

/** Nothing is measured before somebody on board has agreed, for this shift. */
function Position({ day }: { day: Day }) {
  const { t } = useTranslation('unit');
  const { refused, here } = useTracking();
  return (
    <>
      <Switch
        size="lg"
        label={t('position.agree')}
        description={t('position.hint')}
        checked={day.agreed}
        onChange={(event) => void asked('/unit/agree', { agreed: event.currentTarget.checked })}
      />
      {day.agreed && refused && (
        <Text size="sm" c="var(--alarm)" role="alert">
          {t('position.refused')}
        </Text>
      )}
      {day.agreed && here && <p className={classes.faint}>{t('position.told')}</p>}
    </>
  );
}
