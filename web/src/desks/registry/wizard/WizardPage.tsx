import { Alert, Anchor, Button, Group, Stepper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { Page } from '@/kit';
import { AddressStep } from './AddressStep';
import {
  check,
  forget,
  NEW_DRAFT,
  restored,
  stepOfField,
  STEPS,
  store,
  type Draft,
  type Errors,
  type Step,
} from './draft';
import { PermissionStep } from './PermissionStep';
import { PlaceStep } from './PlaceStep';
import { ProvedLive } from './ProvedLive';
import { ReviewStep } from './ReviewStep';
import { saveCamera } from './save';
import { TestStep, type TestResult } from './TestStep';
import { WhatStep } from './WhatStep';
import classes from './wizard.module.css';

export interface StepProps {
  draft: Draft;
  /** Changes some values; everything is kept on this machine at once, but the password. */
  change: (part: Partial<Draft>) => void;
  /** Sentence for a field, or undefined. */
  errorOf: (field: string) => string | undefined;
}

const today = () => new Date(Date.now() + 19_800_000).toISOString().slice(0, 10);

/** Adding a camera, from "what is it" to "proved live". */
export function Component() {
  const { t } = useTranslation('wizard');
  const [found] = useState(restored);
  const [draft, setDraft] = useState<Draft>(found ?? NEW_DRAFT);
  const [at, setAt] = useState(0);
  const [errors, setErrors] = useState<Errors>({});
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<TestResult | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const owners = useQuery(codedQuery('owner-classes')).data;
  const owner = owners?.find((row) => row.code === draft.ownerClass) as ({ public?: boolean } & object) | undefined;
  const isPublic = owner ? owner.public === true : null;
  const step = STEPS[at] as Step;

  useEffect(() => {
    if (saved === null && draft !== NEW_DRAFT) store(draft);
  }, [draft, saved]);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setErrors({});
    setRefused({});
    if ('url' in part || 'username' in part || 'password' in part) setTested(null);
  };
  const errorOf = (field: string) => refused[field] ?? (errors[field] ? t(`error.${errors[field]}`) : undefined);
  const go = (to: number) => {
    setErrors({});
    setAt(to);
  };
  const next = () => {
    const wrong = check(step, draft, isPublic, today());
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) setAt(at + 1);
  };
  const startOver = () => {
    forget();
    setDraft(NEW_DRAFT);
    setSaved(null);
    setTested(null);
    go(0);
  };

  const save = async () => {
    for (const [number, one] of STEPS.entries()) {
      const wrong = check(one, draft, isPublic, today());
      if (Object.keys(wrong).length > 0) {
        setAt(number);
        setErrors(wrong);
        return;
      }
    }
    setBusy(true);
    setFailure('');
    try {
      const cameraId = await saveCamera(draft, isPublic === true, (made) =>
        setDraft((before) => ({ ...before, made: { ...before.made, ...made } })),
      );
      forget();
      setSaved(cameraId);
    } catch (error) {
      const fields = fieldErrors(error);
      setFailure(sentenceOf(error));
      const first = Object.keys(fields)[0];
      if (first) {
        setRefused(named(fields));
        setAt(STEPS.indexOf(stepOfField(first)));
      }
    } finally {
      setBusy(false);
    }
  };

  if (saved !== null) {
    return (
      <Page title={t('title')} padded>
        <ProvedLive
          cameraId={saved}
          onAnother={startOver}
          onSamePremises={() => {
            const premisesId = draft.premisesMode === 'existing' ? draft.premisesId : draft.made.premisesId;
            const { ownerClass, point, jurisdiction, ward, premises, premisesLabel } = draft;
            startOver();
            setDraft({
              ...NEW_DRAFT,
              ownerClass,
              point,
              jurisdiction,
              ward,
              premisesId,
              premisesLabel: premisesLabel || premises.name.en,
              orderId: draft.orderId || draft.made.orderId,
            });
          }}
        />
      </Page>
    );
  }
  const props: StepProps = { draft, change, errorOf };
  return (
    <Page title={t('title')} padded>
      <div className={classes.wizard}>
        {found && at === 0 && (
          <Alert variant="light" py="xs" mb="md">
            <Group justify="space-between">
              <Text size="sm">{t('restored')}</Text>
              <Button size="compact-sm" variant="default" onClick={startOver}>
                {t('start_over')}
              </Button>
            </Group>
          </Alert>
        )}
        {at === 0 && (
          <Text size="sm" mb="md">
            {t('several')}{' '}
            <Anchor component={Link} to="/cameras/new/device">
              {t('several_link')}
            </Anchor>
          </Text>
        )}
        <Stepper active={at} onStepClick={(to) => to < at && go(to)} size="xs" className={classes.stepper}>
          {STEPS.map((one) => (
            <Stepper.Step key={one} label={t(`step.${one}`)} />
          ))}
        </Stepper>
        <h2 className={classes.heading}>
          <span className={classes.count}>
            {at + 1} / {STEPS.length}
          </span>{' '}
          {t(`heading.${step}`)}
        </h2>
        {step === 'what' && <WhatStep {...props} />}
        {step === 'permission' && <PermissionStep {...props} isPublic={isPublic} />}
        {step === 'address' && <AddressStep {...props} />}
        {step === 'test' && <TestStep {...props} result={tested} onResult={setTested} />}
        {step === 'place' && <PlaceStep {...props} />}
        {step === 'review' && (
          <ReviewStep draft={draft} isPublic={isPublic} tested={tested} onEdit={(to) => go(STEPS.indexOf(to))} />
        )}
        {failure && (
          <Alert color="red" mt="md">
            {failure}
          </Alert>
        )}
        <div className={classes.foot}>
          <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
            {t('back')}
          </Button>
          {step === 'review' ? (
            <Button loading={busy} onClick={() => void save()}>
              {t('save')}
            </Button>
          ) : (
            <Button onClick={next}>{step === 'test' && !tested?.ok ? t('without_test') : t('next')}</Button>
          )}
        </div>
      </div>
    </Page>
  );
}

/** The server's field names as this form's. */
function named(fields: Record<string, string>): Record<string, string> {
  const names: Record<string, string> = {
    reg_id: 'regId',
    owner_class: 'ownerClass',
    lat: 'point',
    lon: 'point',
    department: 'premises.department',
    given_by: 'consent.givenBy',
    given_on: 'consent.givenOn',
    valid_to_ms: 'consent.validTo',
    order_id: 'orderId',
    authority: 'order.authority',
    number: 'order.number',
    dated_on: 'order.datedOn',
    title: 'order.title',
  };
  const renamed: Record<string, string> = {};
  for (const [field, text] of Object.entries(fields)) {
    const plain = field.replace(/^body\./, '').replace(/^(name)\..*/, '$1');
    renamed[names[plain] ?? plain] = text;
  }
  return renamed;
}
