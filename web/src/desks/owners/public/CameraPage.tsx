import { IconEye, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ask, Refused } from './ask';
import { Button, Failure, Screen, useAct, Waiting } from './parts';
import { useAsked } from './useAsked';
import { useSpeech } from './words';
import type { Detail, Views } from '../types';

interface Look {
  token: string;
  origin: string;
}

const NO_PICTURE = {
  en: 'No picture came from the camera just now. Check its power and connection, then try again.',
  hi: 'कैमरे से अभी चित्र नहीं आया। बिजली और कनेक्शन जाँचें, फिर प्रयास करें।',
};

/** The owner's camera: its picture now, and who looked at it. */
export function CameraPage({ cameraId, placeId }: { cameraId: string; placeId: string }) {
  const { t, name, dateTime } = useSpeech();
  const place = useAsked<Detail>(placeId ? `/premises/${placeId}` : null);
  const views = useAsked<Views>(`/cameras/${cameraId}/views`);
  const camera = place.data?.covered.find((one) => one.id === cameraId);
  return (
    <Screen title={camera ? name(camera.name) : t('camera.title')} back={placeId ? `place/${placeId}` : 'mine'}>
      {place.error !== null && <Failure error={place.error} onRetry={place.again} />}
      {camera && (
        <p className="state" data-state={camera.state}>
          {t(`camera.state.${camera.state}`, { since: camera.since_ms ? dateTime(camera.since_ms) : '' })}
        </p>
      )}
      {camera?.may_look && <Picture cameraId={cameraId} onSeen={views.again} />}
      <h2>{t('views.title')}</h2>
      <p className="dim">{t('views.text')}</p>
      {views.error !== null && <Failure error={views.error} onRetry={views.again} />}
      {!views.data && views.error === null && <Waiting />}
      {views.data?.items.length === 0 && <p>{t('views.none')}</p>}
      <ul className="views">
        {views.data?.items.map((view) => (
          <li key={`${view.day} ${view.first_ms} ${view.who}`}>
            <b>{dateTime(view.last_ms)}</b>
            <span>
              {view.who === 'owner'
                ? t('views.you')
                : [view.agency, view.role]
                    .map((words) => (words ? name(words) : ''))
                    .filter(Boolean)
                    .join(' · ') || t('views.centre')}
              {view.times > 1 && ` · ${t('views.times', { times: view.times })}`}
            </span>
            {view.purpose && <span className="dim">{view.purpose}</span>}
          </li>
        ))}
      </ul>
    </Screen>
  );
}

function Picture({ cameraId, onSeen }: { cameraId: string; onSeen: () => void }) {
  const { t } = useSpeech();
  const [picture, setPicture] = useState<string | null>(null);
  const { busy, error, run } = useAct();
  useEffect(() => () => void (picture && URL.revokeObjectURL(picture)), [picture]);
  const look = () =>
    run(async () => {
      const { token, origin } = await ask<Look>('POST', `/cameras/${cameraId}/look`);
      const answer = await fetch(`${origin}/snapshot/${cameraId}`, {
        headers: { Authorization: `Bearer ${token}` },
      }).catch(() => null);
      if (!answer?.ok) throw new Refused(answer?.status ?? 0, 'no_picture', NO_PICTURE);
      setPicture(URL.createObjectURL(await answer.blob()));
      onSeen();
    });
  return (
    <div className="picture">
      {picture && <img src={picture} alt={t('camera.picture')} />}
      {error !== null && <Failure error={error} />}
      <Button kind={picture ? 'plain' : 'main'} busy={busy} onClick={() => void look()}>
        {picture ? <IconRefresh size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
        {t(picture ? 'camera.look_again' : 'camera.look')}
      </Button>
    </div>
  );
}
