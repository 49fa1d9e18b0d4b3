import { IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useNow } from '@/kit';
import { MaskedStream } from './maskedStream';
import { cameraNameQuery } from './queries';
import classes from './presentation.module.css';

const OLD_MS = 15_000;

interface Shown {
  url: string;
  takenMs: number;
  arrivedMs: number;
  mosaic: boolean;
}

/** One public camera, masked by the engine before anything left it. */
export function MaskedTile({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('presentation');
  const format = useFormat();
  const name = useQuery(cameraNameQuery(cameraId)).data?.name;
  const now = useNow(5_000);
  const [shown, setShown] = useState<Shown | null>(null);

  useEffect(() => {
    let url = '';
    const stream = new MaskedStream(cameraId, ({ jpeg, takenMs, mosaic }) => {
      if (url) URL.revokeObjectURL(url);
      url = URL.createObjectURL(jpeg);
      setShown({ url, takenMs, arrivedMs: Date.now(), mosaic });
    });
    return () => {
      stream.close();
      if (url) URL.revokeObjectURL(url);
      setShown(null);
    };
  }, [cameraId]);

  const label = format.name(name);
  return (
    <figure className={classes.tile} data-old={(shown !== null && now - shown.arrivedMs > OLD_MS) || undefined}>
      {shown ? (
        <img src={shown.url} alt={label ? t('picture_of', { name: label }) : t('picture')} />
      ) : (
        <div className={classes.waiting} role="status">
          <IconVideo size={36} stroke={1.2} aria-hidden />
          <span>{t('waiting')}</span>
        </div>
      )}
      <figcaption>
        <span>{label}</span>
        {shown && <span>{shown.mosaic ? t('mosaic') : format.time(shown.takenMs)}</span>}
      </figcaption>
    </figure>
  );
}
