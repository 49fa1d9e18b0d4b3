import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ReasonDialog, useFormat } from '@/kit';
import type { RuleDetail } from '../types';
import classes from './rules.module.css';

interface Props {
  detail: RuleDetail;
  /** Something is typed that is not saved: what would be switched on is another version. */
  dirty: boolean;
  onChanged: () => Promise<void>;
}

/** Which version raises alarms now, and the switch. */
export function Switching({ detail: { rule }, dirty, onChanged }: Props) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const [asking, setAsking] = useState<'on' | 'off' | null>(null);
  const isNewest = rule.in_force === rule.latest;
  const send = async (on: boolean, reason: string) => {
    // Whoever confirms was told in the dialog that the version is untried.
    await api.post(`/alarm-rules/${rule.id}/switch`, { version: rule.version, on, untried: !rule.tried, reason });
    await onChanged();
  };
  return (
    <div className={classes.switching} data-state={rule.in_force === null ? 'off' : isNewest ? 'on' : 'draft'}>
      <Text size="sm">
        {rule.in_force === null
          ? t('rules.is_off', { latest: format.number(rule.latest) })
          : isNewest
            ? t('rules.is_on', { number: format.number(rule.latest) })
            : t('rules.is_older', { number: format.number(rule.in_force), latest: format.number(rule.latest) })}{' '}
        {!isNewest && t(rule.tried ? 'rules.was_tried' : 'rules.not_tried')}
      </Text>
      {rule.may_edit && (
        <Group gap={8}>
          {!isNewest && (
            <Button size="xs" disabled={dirty} onClick={() => setAsking('on')}>
              {t(rule.in_force === null ? 'rules.switch_on' : 'rules.use_newest')}
            </Button>
          )}
          {rule.in_force !== null && (
            <Button size="xs" variant="default" onClick={() => setAsking('off')}>
              {t('rules.switch_off')}
            </Button>
          )}
        </Group>
      )}
      <ReasonDialog
        opened={asking === 'on'}
        title={t('rules.switch_on_title', { number: format.number(rule.latest) })}
        consequence={t(rule.tried ? 'rules.on_consequence' : 'rules.untried_consequence')}
        confirm={t(rule.tried ? 'rules.switch_on' : 'rules.switch_on_untried')}
        danger={!rule.tried}
        onClose={() => setAsking(null)}
        onConfirm={(reason) => send(true, reason)}
      />
      <ReasonDialog
        opened={asking === 'off'}
        danger
        title={t('rules.switch_off')}
        consequence={t('rules.off_consequence')}
        confirm={t('rules.switch_off')}
        onClose={() => setAsking(null)}
        onConfirm={(reason) => send(false, reason)}
      />
    </div>
  );
}
