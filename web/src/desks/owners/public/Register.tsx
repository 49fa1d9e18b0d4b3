import { IconCamera, IconCheck, IconCurrentLocation, IconMap } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ask } from './ask';
import { newKey } from './key';
import { Button, Failure, Field, Screen, useAct, Waiting } from './parts';
import { go } from './way';
import { useSpeech } from './words';
import type { Detail, RegisterIn, Start } from '../types';

const PlaceMap = lazy(() => import('./PlaceMap'));
const COVERS = ['entry', 'exit', 'road_side', 'public_area', 'other'] as const;
const DRAFT = 'prahari.owner.register';

function draft(): RegisterIn {
  const fresh: RegisterIn = {
    key: newKey(),
    contact_name: '',
    name: '',
    owner_class: '',
    address: '',
    lat: null,
    lon: null,
    cameras: 1,
    covers: [],
    recorder: '',
    photo: null,
  };
  try {
    return { ...fresh, ...(JSON.parse(sessionStorage.getItem(DRAFT) ?? '{}') as Partial<RegisterIn>) };
  } catch {
    return fresh;
  }
}

/** A shop is entered by its owner. What was typed outlives a lost page; the form sent twice is one entry. */
export function Register({ classes }: { classes: Start['owner_classes'] }) {
  const { t, name } = useSpeech();
  const [form, setForm] = useState(draft);
  const [map, setMap] = useState(false);
  const { busy, error, run, field } = useAct();
  const locating = useAct();
  const photo = useAct();
  useEffect(() => sessionStorage.setItem(DRAFT, JSON.stringify(form)), [form]);
  const put = (part: Partial<RegisterIn>) => setForm((before) => ({ ...before, ...part }));
  const locate = () =>
    locating.run(async () => {
      const at = await new Promise<GeolocationPosition>((found, failed) =>
        navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15_000 }),
      );
      put({ lat: at.coords.latitude, lon: at.coords.longitude });
    });
  const take = (file: File | undefined) =>
    file &&
    photo.run(async () => {
      const stored = await ask<{ id: string }>('POST', `/files?kind=image&name=${encodeURIComponent(file.name)}`, file);
      put({ photo: stored.id });
    });
  const send = () =>
    run(async () => {
      const made = await ask<Detail>('POST', '/premises', form);
      sessionStorage.removeItem(DRAFT);
      go(`place/${made.id}`, true);
    });
  return (
    <Screen title={t('register.title')} back="mine">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field
          required
          minLength={2}
          label={t('register.contact')}
          autoComplete="name"
          value={form.contact_name}
          error={field('contact_name')}
          onChange={(event) => put({ contact_name: event.currentTarget.value })}
        />
        <Field
          required
          minLength={2}
          label={t('register.name')}
          hint={t('register.name_hint')}
          value={form.name}
          error={field('name')}
          onChange={(event) => put({ name: event.currentTarget.value })}
        />
        <label className="field">
          <span>{t('register.class')}</span>
          <select
            required
            value={form.owner_class}
            onChange={(event) => put({ owner_class: event.currentTarget.value })}
          >
            <option value="">{t('register.choose')}</option>
            {classes.map((one) => (
              <option key={one.code} value={one.code}>
                {name(one.name)}
              </option>
            ))}
          </select>
          {field('owner_class') && <em role="alert">{field('owner_class')}</em>}
        </label>
        <Field
          required
          minLength={3}
          label={t('register.address')}
          autoComplete="street-address"
          value={form.address}
          error={field('address')}
          onChange={(event) => put({ address: event.currentTarget.value })}
        />
        <div className="field">
          <span>{t('register.place')}</span>
          <small>{t('register.place_hint')}</small>
          <div className="row">
            <Button kind="plain" busy={locating.busy} onClick={() => void locate()}>
              <IconCurrentLocation size={18} aria-hidden /> {t('register.here')}
            </Button>
            <Button kind="plain" onClick={() => setMap(true)}>
              <IconMap size={18} aria-hidden /> {t('register.map')}
            </Button>
          </div>
          {locating.error !== null && <em role="alert">{t('register.no_place')}</em>}
          {form.lat != null && form.lon != null && !map && (
            <p className="done">
              <IconCheck size={18} aria-hidden /> {t('register.placed')}
            </p>
          )}
          {map && (
            <Suspense fallback={<Waiting />}>
              <PlaceMap
                value={form.lat != null && form.lon != null ? [form.lon, form.lat] : null}
                onChange={([lon, lat]) => put({ lat, lon })}
              />
            </Suspense>
          )}
          {field('lat') && <em role="alert">{field('lat')}</em>}
        </div>
        <Field
          required
          label={t('register.cameras')}
          hint={t('register.cameras_hint')}
          type="number"
          inputMode="numeric"
          min={0}
          max={500}
          value={form.cameras}
          error={field('cameras')}
          onChange={(event) => put({ cameras: Number(event.currentTarget.value) || 0 })}
        />
        <fieldset>
          <legend>{t('register.covers')}</legend>
          {COVERS.map((one) => (
            <label key={one} className="check">
              <input
                type="checkbox"
                checked={form.covers?.includes(one) ?? false}
                onChange={(event) => {
                  const { checked } = event.currentTarget;
                  const rest = (form.covers ?? []).filter((other) => other !== one);
                  put({ covers: checked ? [...rest, one] : rest });
                }}
              />
              {t(`placement.${one}`)}
            </label>
          ))}
        </fieldset>
        <Field
          label={t('register.recorder')}
          maxLength={80}
          value={form.recorder ?? ''}
          error={field('recorder')}
          onChange={(event) => put({ recorder: event.currentTarget.value })}
        />
        <div className="field">
          <span>{t('register.photo')}</span>
          <small>{t('register.photo_hint')}</small>
          <label className="button" data-kind="plain">
            {photo.busy && <span className="spin" aria-hidden />}
            <IconCamera size={18} aria-hidden /> {t(form.photo ? 'register.photo_again' : 'register.photo_take')}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              className="hidden"
              onChange={(event) => void take(event.currentTarget.files?.[0])}
            />
          </label>
          {form.photo && (
            <p className="done">
              <IconCheck size={18} aria-hidden /> {t('register.photo_kept')}
            </p>
          )}
          {photo.error !== null && <Failure error={photo.error} />}
        </div>
        {error !== null && <Failure error={error} />}
        <Button type="submit" busy={busy} disabled={photo.busy}>
          {t('register.send')}
        </Button>
      </form>
    </Screen>
  );
}
