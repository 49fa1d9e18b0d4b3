import { ActionIcon, Alert, Button, Menu, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { presentOf, sentenceOf } from '@/api/client';
import { useFormat, useShortcut } from '@/kit';
import { Clocks } from '../Clocks';
import { ConflictNote } from '../ConflictNote';
import { Dialogs, type DialogName } from '../dialogs/Dialogs';
import classes from '../incidents.module.css';
import type { Incident } from '../types';
import { SeverityWord, StateWord, useTitle } from '../Marks';
import { useWrite } from '../write';

/** Number, title, state, severity, clocks; the next act as a button, the others in a menu, each with a key. */
export function Head({ incident }: { incident: Incident }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const title = useTitle();
  const write = useWrite(incident, { live: true });
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [busy, setBusy] = useState(false);
  const { may, state } = incident;
  const simply = async (path: string) => {
    setBusy(true);
    try {
      await write.post(path).catch((error: unknown) => {
        // Whatever else was changed meanwhile: as long as it stands where it stood, the same act is meant.
        const present = presentOf<Incident>(error);
        if (present?.state !== state || present.in_charge !== incident.in_charge) throw error;
        return write.post(path, { version: present.version });
      });
    } catch (error) {
      notifications.show({ color: 'red', message: sentenceOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const free = dialog === null;
  const arrives = may.work && incident.arrived_ms === null && (state === 'open' || state === 'in_hand');
  const acts: { id: string; keys: string; enabled: boolean; run: () => void; main?: boolean }[] = [
    { id: 'take', keys: 't', enabled: may.lead && state === 'open', run: () => void simply('/take'), main: true },
    { id: 'arrived', keys: 'a', enabled: arrives, run: () => void simply('/arrived') },
    { id: 'resolve', keys: 'r', enabled: may.lead && state === 'in_hand', run: () => setDialog('resolve'), main: true },
    {
      id: 'close',
      keys: 'c',
      enabled: may.lead && state !== 'closed',
      run: () => setDialog('close'),
      main: state === 'resolved',
    },
    {
      id: 'reopen',
      keys: 'o',
      enabled: !incident.merged_into && ((state === 'resolved' && may.lead) || (state === 'closed' && may.supervise)),
      run: () => setDialog('reopen'),
      main: state === 'closed',
    },
    { id: 'edit', keys: 'e', enabled: may.work, run: () => setDialog('edit') },
    { id: 'assign', keys: 'p', enabled: may.work && state !== 'closed', run: () => setDialog('assign') },
    { id: 'add_agency', keys: 'g', enabled: may.work && state !== 'closed', run: () => setDialog('add_agency') },
    {
      id: 'handover',
      keys: 'h',
      enabled: may.lead && state !== 'closed' && !incident.handover_to,
      run: () => setDialog('handover'),
    },
    { id: 'merge', keys: 'm', enabled: may.supervise && state !== 'closed', run: () => setDialog('merge') },
    { id: 'split', keys: 's', enabled: may.supervise && state !== 'closed', run: () => setDialog('split') },
  ];
  const open = acts.filter((one) => one.enabled);
  acts.forEach((one) => {
    // eslint-disable-next-line react-hooks/rules-of-hooks -- a fixed list, in a fixed order
    useShortcut(one.keys, t(`act.${one.id}`), one.run, free && one.enabled && !busy);
  });
  const place = [incident.address, format.name(incident.jurisdiction.name)].filter(Boolean).join(' · ');
  return (
    <header className={classes.head}>
      <div className={classes.headTitle}>
        <h1>
          <span className={classes.number}>{incident.number}</span> {title(incident)}
        </h1>
        <div className={classes.headFacts}>
          <SeverityWord severity={incident.severity} />
          <StateWord state={state} reopened={incident.reopened} />
          <span>{format.name(incident.kind.name)}</span>
          <span>{place}</span>
          <span>{t('head.since', { time: format.when(incident.happened_ms) })}</span>
          <span>{incident.in_charge ? t('head.in_charge', { name: incident.in_charge }) : t('head.nobody')}</span>
        </div>
      </div>
      <Clocks clocks={incident.clocks} />
      <div className={classes.actions}>
        {open
          .filter((one) => one.main ?? one.id === 'arrived')
          .map((one) => (
            <Tooltip key={one.id} label={`${t(`act.${one.id}`)}  ${one.keys.toUpperCase()}`}>
              <Button size="xs" variant={one.main ? 'filled' : 'default'} loading={busy} onClick={one.run}>
                {t(`act.${one.id}`)}
              </Button>
            </Tooltip>
          ))}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="md" aria-label={t('more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {open
              .filter((one) => !(one.main ?? one.id === 'arrived'))
              .map((one) => (
                <Menu.Item key={one.id} rightSection={<kbd>{one.keys.toUpperCase()}</kbd>} onClick={one.run}>
                  {t(`act.${one.id}`)}
                </Menu.Item>
              ))}
            <Menu.Divider />
            {(['hi', 'en'] as const).map((language) => (
              <Menu.Item
                key={language}
                component="a"
                href={`/api/v1/incidents/${incident.id}/report?language=${language}`}
                download
              >
                {t(`report.${language}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {incident.merged_into && (
        <Alert className={classes.headNote} color="blue" variant="outline" p="xs">
          {t('head.merged')} <Link to={`/incidents/${incident.merged_into}`}>{incident.merged_into_number}</Link>
        </Alert>
      )}
      {incident.may.answer_handover && (
        <Alert className={classes.headNote} color="yellow" variant="outline" p="xs" title={t('handover.asked')}>
          {incident.handovers[0]?.note}{' '}
          <Button size="compact-xs" ml="sm" onClick={() => setDialog('answer')}>
            {t('handover.answer')}
          </Button>
        </Alert>
      )}
      {write.conflict && (
        <div className={classes.headNote}>
          <ConflictNote conflict={write.conflict} withForm={false} />
          <Button size="compact-xs" variant="subtle" onClick={write.settle}>
            {t('conflict.seen')}
          </Button>
        </div>
      )}
      {dialog && <Dialogs name={dialog} incident={incident} onClose={() => setDialog(null)} />}
    </header>
  );
}
