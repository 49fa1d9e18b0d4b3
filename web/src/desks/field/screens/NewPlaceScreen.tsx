import { NativeSelect, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft, useFormat } from '@/kit';
import { newId } from '@/kit/upload';
import classes from '../field.module.css';
import { usePosition } from '../offline/position';
import { useField } from '../offline/store';
import { outcomes } from '../subject';
import type { Outcome, Place } from '../types';
import { Outcomes } from './Outcomes';
import { VisitFormView } from './VisitFormView';

/** A place that is on no list: what it is, then what came of the visit. */
export function NewPlaceScreen() {
  const { t } = useTranslation('field');
  const format = useFormat();
  const day = useField((state) => state.day);
  const position = usePosition((state) => state.position);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [failure, setFailure] = useState('');
  const { values, change, reset } = useDraft<Place>('field.place', {
    id: newId(),
    name: '',
    owner_class: 'shop',
    address: '',
    jurisdiction: day?.stations[0]?.path ?? '',
    contact_name: '',
    contact_mobile: '',
    cameras: 0,
  });
  const pick = (picked: Outcome) => {
    const number = values.contact_mobile?.trim() ?? '';
    const wrong = !values.name.trim()
      ? t('need.name')
      : number && !/^\+?[0-9][0-9 -]{5,18}$/.test(number)
        ? t('need.mobile')
        : number && !values.contact_name?.trim()
          ? t('need.contact')
          : '';
    setFailure(wrong);
    if (!wrong) setOutcome(picked);
  };
  if (outcome)
    return (
      <VisitFormView
        name={{ en: values.name, hi: values.name }}
        place={{ ...values, name: values.name.trim() }}
        outcome={outcome}
        onSaved={() => reset({ ...values, id: newId(), name: '', address: '', contact_name: '', contact_mobile: '' })}
      />
    );
  return (
    <Stack className={classes.section} gap="md">
      <Title order={1} size="h4">
        {t('new.title')}
      </Title>
      <TextInput
        size="md"
        label={t('new.name')}
        withAsterisk
        maxLength={200}
        value={values.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        size="md"
        label={t('new.owner_class')}
        value={values.owner_class}
        onChange={(event) => change({ owner_class: event.currentTarget.value })}
        data={(day?.owner_classes ?? []).map((one) => ({ value: one.code, label: format.name(one.name) }))}
      />
      <TextInput
        size="md"
        label={t('new.address')}
        maxLength={400}
        value={values.address}
        onChange={(event) => change({ address: event.currentTarget.value })}
      />
      {(day?.stations.length ?? 0) > 1 && (
        <NativeSelect
          size="md"
          label={t('new.station')}
          value={values.jurisdiction}
          onChange={(event) => change({ jurisdiction: event.currentTarget.value })}
          data={(day?.stations ?? []).map((one) => ({ value: one.path, label: format.name(one.name) }))}
        />
      )}
      <TextInput
        size="md"
        label={t('new.contact_name')}
        maxLength={120}
        value={values.contact_name}
        onChange={(event) => change({ contact_name: event.currentTarget.value })}
      />
      <TextInput
        size="md"
        type="tel"
        inputMode="tel"
        label={t('new.contact_mobile')}
        maxLength={20}
        value={values.contact_mobile}
        onChange={(event) => change({ contact_mobile: event.currentTarget.value })}
      />
      <NumberInput
        size="md"
        label={t('new.cameras')}
        min={0}
        max={10_000}
        allowDecimal={false}
        value={values.cameras}
        onChange={(cameras) => change({ cameras: Number(cameras) || 0 })}
      />
      <Text size="sm" c="dimmed">
        {position
          ? t('new.position', { number: format.number(Math.round(position.accuracy_m)) })
          : t('new.no_position')}
      </Text>
      {failure && (
        <Text size="sm" c="var(--alarm)" role="alert">
          {failure}
        </Text>
      )}
      <h2 className={classes.sectionTitle}>{t('premises.what_came')}</h2>
      <Outcomes of={outcomes('listed', false)} onPick={pick} />
    </Stack>
  );
}
