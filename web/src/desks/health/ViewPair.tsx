import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import { useCan } from '@/api/queries';
import { useFormat } from '@/kit';
import { fetchSnapshot } from '@/media/engine';
import classes from './health.module.css';

/** How it should look beside how it looks, for those who may see the camera's recordings; the engine asks once more. */
export function ViewPair({ cameraId, reference_ms }: { cameraId: string; reference_ms: number | null }) {
  const { t } = useTranslation('health');
  const maySee = useCan('camera.playback');
  if (!maySee) return <p className={classes.note}>{t('view.not_yours')}</p>;
  return (
    <div className={classes.pair}>
      {reference_ms !== null && <Still cameraId={cameraId} at_ms={reference_ms} caption="view.reference" />}
      <Still cameraId={cameraId} at_ms={null} caption="view.now" />
    </div>
  );
}

function Still({
  cameraId,
  at_ms,
  caption,
}: {
  cameraId: string;
  at_ms: number | null;
  caption: 'view.reference' | 'view.now';
}) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const { data, error } = useQuery({
    queryKey: ['health', 'still', cameraId, at_ms],
    queryFn: async () => {
      const { jpeg, pictureMs } = await fetchSnapshot(cameraId, at_ms);
      return { address: await addressOf(jpeg), pictureMs };
    },
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  return (
    <figure>
      {error ? (
        <div className={classes.empty}>{at_ms === null ? sentenceOf(error) : t('view.gone')}</div>
      ) : data ? (
        <img src={data.address} alt={t(caption)} />
      ) : (
        <div className={classes.empty}>{t('view.loading')}</div>
      )}
      <figcaption>
        {t(caption)}
        {data && `, ${format.when(data.pictureMs)}`}
      </figcaption>
    </figure>
  );
}

/** A picture inside its own address: it goes when the page forgets it. */
function addressOf(jpeg: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable picture'));
    reader.readAsDataURL(jpeg);
  });
}
