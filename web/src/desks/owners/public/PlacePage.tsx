import { IconCamera, IconChevronRight, IconMessageHeart, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from './ask';
import { cardState } from './Mine';
import { Button, Failure, Field, Screen, useAct, Waiting } from './parts';
import { useAsked } from './useAsked';
import { go } from './way';
import { useSpeech } from './words';
import type { Detail, OwnCamera } from '../types';

/** One place: where it stands, its cameras, and what can be done. */
export function PlacePage({ placeId }: { placeId: string }) {
  const { t, name, number, date } = useSpeech();
  const { data, error, again } = useAsked<Detail>(`/premises/${placeId}`);
  if (!data)
    return (
      <Screen title={t('place.title')} back="mine">
        {error !== null ? <Failure error={error} onRetry={again} /> : <Waiting />}
      </Screen>
    );
  const given = data.consent === 'given';
  return (
    <Screen title={name(data.name)} back="mine">
      <p className="dim">{name(data.address)}</p>
      <p className="state" data-state={cardState(data)}>
        {t(`mine.state.${cardState(data)}`, { live: number(data.live), cameras: number(data.cameras) })}
      </p>
      {data.needs_order && <p>{t('place.needs_order')}</p>}
      {data.to_confirm > 0 && <Confirm placeId={placeId} count={data.to_confirm} onDone={again} />}
      {!data.needs_order && !given && (
        <section>
          <h2>{t('place.consent_title')}</h2>
          <p>{t('place.consent_text')}</p>
          <Button onClick={() => go(`place/${placeId}/consent`)}>{t('place.consent')}</Button>
        </section>
      )}
      <section>
        <h2>{t('place.cameras')}</h2>
        {data.covered.length === 0 && <p>{t('place.no_cameras', { count: number(data.cameras_reported) })}</p>}
        {data.covered.map((camera) => (
          <CameraCard key={camera.id} camera={camera} placeId={placeId} />
        ))}
      </section>
      {data.standing && (
        <section>
          <h2>{t('place.agreed')}</h2>
          <ul className="lines">
            {data.standing.lines.map((line) => (
              <li key={line.en}>{name(line).replace(/^• /, '')}</li>
            ))}
          </ul>
          <p className="dim">{t('place.given', { name: data.standing.given_by, day: date(data.standing.given_ms) })}</p>
          {given && (
            <Button kind="plain" onClick={() => go(`place/${placeId}/consent`)}>
              {t('place.change')}
            </Button>
          )}
        </section>
      )}
      {(data.standing || given) && (
        <Button kind="danger" onClick={() => go(`place/${placeId}/withdraw`)}>
          {t('place.withdraw')}
        </Button>
      )}
      {data.receipts.length > 0 && (
        <section>
          <h2>{t('place.receipts')}</h2>
          {data.receipts.map((receipt) => (
            <button
              type="button"
              key={receipt.id}
              className="card"
              onClick={() => go(`receipt/${receipt.id}/${placeId}`)}
            >
              <IconReceipt size={22} stroke={1.5} aria-hidden />
              <span>
                <b>{t(`receipt.${receipt.kind}`)}</b>
                <span className="dim">
                  {receipt.number} · {date(receipt.issued_ms)}
                </span>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </button>
          ))}
        </section>
      )}
      {given && (
        <Button kind="plain" onClick={() => go(`place/${placeId}/speak`)}>
          <IconMessageHeart size={18} aria-hidden /> {t('place.speak')}
        </Button>
      )}
    </Screen>
  );
}

function CameraCard({ camera, placeId }: { camera: OwnCamera; placeId: string }) {
  const { t, name, dateTime } = useSpeech();
  return (
    <button type="button" className="card" onClick={() => go(`camera/${camera.id}/${placeId}`)}>
      <IconCamera size={24} stroke={1.5} aria-hidden />
      <span>
        <b>{name(camera.name)}</b>
        <span className="dim">{t(`placement.${camera.placement}`)}</span>
        <span className="state" data-state={camera.state}>
          {t(`camera.state.${camera.state}`, { since: camera.since_ms ? dateTime(camera.since_ms) : '' })}
        </span>
        {camera.reason && <span className="dim">{t(`camera.reason.${camera.reason}`)}</span>}
      </span>
      <IconChevronRight size={18} aria-hidden />
    </button>
  );
}

function Confirm({ placeId, count, onDone }: { placeId: string; count: number; onDone: () => void }) {
  const { t, number } = useSpeech();
  const [who, setWho] = useState('');
  const { busy, error, run, field } = useAct();
  return (
    <section className="notice">
      <h2>{t('confirm.title', { count: number(count) })}</h2>
      <p>{t('confirm.text')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(async () => {
            await ask('POST', `/premises/${placeId}/confirm`, { name: who });
            onDone();
          });
        }}
      >
        <Field
          required
          minLength={2}
          label={t('your_name')}
          autoComplete="name"
          value={who}
          error={field('name')}
          onChange={(event) => setWho(event.currentTarget.value)}
        />
        {error !== null && <Failure error={error} />}
        <Button type="submit" busy={busy}>
          {t('confirm.send')}
        </Button>
      </form>
    </section>
  );
}
