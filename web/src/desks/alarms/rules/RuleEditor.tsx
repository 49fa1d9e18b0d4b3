import { Alert, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, ApiError, fieldErrors, sentenceOf } from '@/api/client';
import { ReasonDialog, useDraft } from '@/kit';
import type { RuleBody, RuleDetail } from '../types';
import { BodyFields } from './BodyFields';
import { emptyBody, filled } from './body';
import classes from './rules.module.css';
import { Sentences } from './Sentences';
import { Switching } from './Switching';
import { TrialPanel } from './TrialPanel';
import { useNames } from './useNames';
import { Versions } from './Versions';

/** A rule: its sentences, its fields, its trial, its switch, what it said before. */
export function RuleEditor({ detail }: { detail: RuleDetail }) {
  const { t } = useTranslation('alarms');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { rule } = detail;
  const draft = useDraft<RuleBody>(`alarm-rule.${rule.id}`, filled(rule.body));
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const changed = failure instanceof ApiError && failure.code === 'changed';

  const again = async () => {
    await client.invalidateQueries({ queryKey: ['alarms', 'rule', rule.id] });
    await client.invalidateQueries({ queryKey: ['alarms', 'rules'] });
  };
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const saved = await api.put<RuleDetail>(`/alarm-rules/${rule.id}`, {
        version: rule.version,
        body: draft.values,
        reason,
      });
      draft.reset(filled(saved.rule.body));
      setReason('');
      await again();
      notifications.show({ message: t('rules.saved') });
    } catch (error) {
      setFailure(error);
      // The present version is read, what was typed stays: both are seen.
      if (error instanceof ApiError && error.code === 'changed') await again();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="lg" className={classes.one}>
      <Sentences body={draft.values} />
      <Switching detail={detail} dirty={draft.dirty} onChanged={again} />
      {changed && (
        <Alert color="yellow" icon={<IconAlertTriangle size={16} />} title={sentenceOf(failure)}>
          <Text size="sm" mb="xs">
            {t('rules.now_says')}
          </Text>
          <Sentences body={filled(rule.body)} quiet />
          <Button mt="sm" size="xs" variant="default" onClick={() => draft.reset(filled(rule.body))}>
            {t('rules.take_theirs')}
          </Button>
        </Alert>
      )}
      <BodyFields
        body={draft.values}
        onChange={draft.change}
        errors={fieldErrors(failure)}
        disabled={!rule.may_edit}
        area={rule.jurisdiction}
      />
      {rule.may_edit && draft.dirty && (
        <div className={classes.save}>
          <Textarea
            autosize
            label={t('rules.why')}
            value={reason}
            error={fieldErrors(failure).reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            {failure !== null && !changed && Object.keys(fieldErrors(failure)).length === 0 && (
              <Text size="sm" c="red" role="alert">
                {sentenceOf(failure)}
              </Text>
            )}
            {Object.keys(fieldErrors(failure)).length > 0 && (
              <Text size="sm" c="red" role="alert">
                {sentenceOf(failure)}
              </Text>
            )}
            <Button variant="default" onClick={() => draft.reset(filled(rule.body))}>
              {t('rules.discard')}
            </Button>
            <Button loading={busy} onClick={() => void save()}>
              {t('rules.save')}
            </Button>
          </Group>
        </div>
      )}
      <TrialPanel detail={detail} dirty={draft.dirty} onDone={again} />
      <Versions detail={detail} onTake={draft.change} />
      {rule.may_edit && (
        <Button variant="subtle" color="red" size="xs" w="fit-content" onClick={() => setRetiring(true)}>
          {t('rules.retire')}
        </Button>
      )}
      <ReasonDialog
        opened={retiring}
        danger
        title={t('rules.retire')}
        consequence={t('rules.retire_consequence')}
        confirm={t('rules.retire')}
        onClose={() => setRetiring(false)}
        onConfirm={async (why) => {
          await api.post(`/alarm-rules/${rule.id}/retire`, { version: rule.version, reason: why });
          await client.invalidateQueries({ queryKey: ['alarms', 'rules'] });
          await navigate('/alarms/rules');
        }}
      />
    </Stack>
  );
}

/** A rule that is not saved yet: of which area, then the same fields. */
export function NewRule() {
  const { t } = useTranslation('alarms');
  const client = useQueryClient();
  const navigate = useNavigate();
  const names = useNames();
  const draft = useDraft('alarm-rule.new', { jurisdiction: '', agency: '', reason: '', body: emptyBody() });
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const errors = fieldErrors(failure);
  const { jurisdiction, agency, reason, body } = draft.values;
  const create = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const made = await api.post<RuleDetail>('/alarm-rules', { jurisdiction, agency, body, reason });
      draft.reset({ jurisdiction: '', agency: '', reason: '', body: emptyBody() });
      await client.invalidateQueries({ queryKey: ['alarms', 'rules'] });
      await navigate(`/alarms/rules/${made.rule.id}`);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="lg" className={classes.one}>
      <Sentences body={body} />
      <Group grow align="start">
        <Select
          searchable
          clearable
          label={t('rules.area')}
          description={t('rules.area_hint')}
          placeholder={t('rules.whole_centre')}
          data={names.areas
            .filter((one) => one.path)
            .map((one) => ({ value: one.path, label: names.format.name(one.name) }))}
          value={jurisdiction || null}
          error={errors.jurisdiction}
          onChange={(next) => draft.change({ jurisdiction: next ?? '' })}
        />
        <Select
          clearable
          label={t('rules.agency')}
          description={t('rules.agency_hint')}
          placeholder={t('rules.all_agencies')}
          data={names.agencies.map((one) => ({ value: one.code, label: names.format.name(one.name) }))}
          value={agency || null}
          error={errors.agency}
          onChange={(next) => draft.change({ agency: next ?? '' })}
        />
      </Group>
      <BodyFields
        body={body}
        onChange={(part) => draft.change({ body: { ...body, ...part } })}
        errors={errors}
        disabled={false}
        area={jurisdiction}
      />
      <Textarea
        autosize
        label={t('rules.why')}
        value={reason}
        error={errors.reason}
        onChange={(event) => draft.change({ reason: event.currentTarget.value })}
      />
      <Group justify="flex-end">
        {failure !== null && (
          <Text size="sm" c="red" role="alert">
            {sentenceOf(failure)}
          </Text>
        )}
        <Button loading={busy} onClick={() => void create()}>
          {t('rules.create')}
        </Button>
      </Group>
    </Stack>
  );
}
