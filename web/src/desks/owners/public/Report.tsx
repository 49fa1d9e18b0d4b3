import { IconCamera, IconCheck, IconCurrentLocation, IconMap } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ask } from './ask';
import { newKey } from './key';
import { Button, Failure, Screen, useAct, Waiting } from './parts';
import { useAsked } from './useAsked';
import { useSpeech } from './words';
import type { OwnReport, OwnReports, ReportIn, ReportStart } from '../types';

const PlaceMap = lazy(() => import('./PlaceMap'));
const DRAFT = 'prahari.citizen.report';
type Draft = Omit<ReportIn, 'lat' | 'lon'> & { lat: number | null; lon: number | null };

function draft(): Draft {
  const fresh: Draft = { key: newKey(), kind: '', words: '', lat: null, lon: null, photo: null };
  try {
    return { ...fresh, ...(JSON.parse(sessionStorage.getItem(DRAFT) ?? '{}') as Partial<Draft>) };
  } catch {
    return fresh;
  }
}

/** A citizen tells what happens, where, with a photograph if there is one. What was typed outlives a lost page. */
export function Report() {
  const { t, name } = useSpeech();
  const start = useAsked<ReportStart>('/citizen/start');
  const own = useAsked<OwnReports>('/citizen/reports');
  const [form, setForm] = useState(draft);
  const [map, setMap] = useState(false);
  const [sent, setSent] = useState<OwnReport | null>(null);
  const { busy, error, run, field } = useAct();
  const locating = useAct();
  const photo = useAct();
  useEffect(() => sessionStorage.setItem(DRAFT, JSON.stringify(form)), [form]);
  const put = (part: Partial<Draft>) => setForm((before) => ({ ...before, ...part }));
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
      setSent(await ask<OwnReport>('POST', '/citizen/reports', form));
      sessionStorage.removeItem(DRAFT);
      setForm(draft());
      setMap(false);
      own.again();
    });
  if (!start.data) return start.error ? <Failure error={start.error} onRetry={start.again} /> : <Waiting />;
  const placed = form.lat !== null && form.lon !== null;
  return (
    <Screen title={t('report.title')}>
      <p className="letter" role="note">
        {t('report.urgent')}
      </p>
      {sent && (
        <p className="done" role="status">
          <IconCheck size={18} aria-hidden /> {t('report.sent', { number: sent.number })}
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label className="field">
          <span>{t('report.kind')}</span>
          <select required value={form.kind} onChange={(event) => put({ kind: event.currentTarget.value })}>
            <option value="">{t('register.choose')}</option>
            {start.data.kinds.map((one) => (
              <option key={one.code} value={one.code}>
                {name(one.name)}
              </option>
            ))}
          </select>
          {field('kind') && <em role="alert">{field('kind')}</em>}
        </label>
        <label className="field">
          <span>{t('report.words')}</span>
          <small>{t('report.words_hint')}</small>
          <textarea
            rows={4}
            maxLength={2000}
            value={form.words}
            onChange={(event) => put({ words: event.currentTarget.value })}
          />
          {field('words') && <em role="alert">{field('words')}</em>}
        </label>
        <div className="field">
          <span>{t('report.place')}</span>
          <div className="row">
            <Button kind="plain" busy={locating.busy} onClick={() => void locate()}>
              <IconCurrentLocation size={18} aria-hidden /> {t('register.here')}
            </Button>
            <Button kind="plain" onClick={() => setMap(true)}>
              <IconMap size={18} aria-hidden /> {t('register.map')}
            </Button>
          </div>
          {locating.error !== null && <em role="alert">{t('report.no_place')}</em>}
          {placed && !map && (
            <p className="done">
              <IconCheck size={18} aria-hidden /> {t('register.placed')}
            </p>
          )}
          {map && (
            <Suspense fallback={<Waiting />}>
              <PlaceMap
                value={form.lat !== null && form.lon !== null ? [form.lon, form.lat] : null}
                onChange={([lon, lat]) => put({ lat, lon })}
              />
            </Suspense>
          )}
        </div>
        <div className="field">
          <span>{t('report.photo')}</span>
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
        {!placed && <small>{t('report.place_needed')}</small>}
        <Button type="submit" busy={busy} disabled={photo.busy || !placed}>
          {t('report.send')}
        </Button>
      </form>
      {own.data && own.data.items.length > 0 && <Own reports={own.data.items} />}
    </Screen>
  );
}

function Own({ reports }: { reports: OwnReport[] }) {
  const { t, name, dateTime } = useSpeech();
  return (
    <section>
      <h2>{t('report.own')}</h2>
      <ul className="points">
        {reports.map((one) => (
          <li key={one.id}>
            <div>
              <b>
                {one.number} · {name(one.kind)}
              </b>
              <span>
                {dateTime(one.created_ms)} · {t(`report.state.${one.state}`)}
              </span>
              {one.answer && <span>{one.answer}</span>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
