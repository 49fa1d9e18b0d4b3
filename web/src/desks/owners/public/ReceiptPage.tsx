import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { Button, Failure, Screen, Waiting } from './parts';
import { useAsked } from './useAsked';
import { useSpeech } from './words';
import type { Receipt } from '../types';

export function ReceiptPage({ receiptId, placeId }: { receiptId: string; placeId: string }) {
  const { t, language } = useSpeech();
  const { data, error, again } = useAsked<Receipt>(`/receipts/${receiptId}`);
  return (
    <Screen title={t('receipt.title')} back={placeId ? `place/${placeId}` : 'mine'}>
      {error !== null && <Failure error={error} onRetry={again} />}
      {!data && error === null && <Waiting />}
      {data && (
        <>
          <ReceiptShown receipt={data} />
          <a
            className="button"
            data-kind="plain"
            href={`/api/v1/owner/receipts/${receiptId}/pdf?language=${language}`}
            target="_blank"
            rel="noopener"
          >
            <IconDownload size={18} aria-hidden /> {t('receipt.pdf')}
          </a>
        </>
      )}
    </Screen>
  );
}

/** A receipt as it is printed, too. */
export function ReceiptShown({ receipt }: { receipt: Receipt }) {
  const { t, name, dateTime, number } = useSpeech();
  return (
    <>
      <dl className="receipt">
        <dt>{t('receipt.kind')}</dt>
        <dd>{t(`receipt.${receipt.kind}`)}</dd>
        <dt>{t('receipt.premises')}</dt>
        <dd>{name(receipt.premises)}</dd>
        <dt>{t('receipt.number')}</dt>
        <dd>
          <b>{receipt.number}</b>
        </dd>
        <dt>{t('receipt.code')}</dt>
        <dd>
          <b>{receipt.check_code}</b>
        </dd>
        <dt>{t('receipt.at')}</dt>
        <dd>{dateTime(receipt.issued_ms)}</dd>
        {receipt.cameras !== null && (
          <>
            <dt>{t('receipt.cameras')}</dt>
            <dd>{number(receipt.cameras)}</dd>
          </>
        )}
      </dl>
      <Button kind="plain" onClick={() => window.print()}>
        <IconPrinter size={18} aria-hidden /> {t('receipt.print')}
      </Button>
    </>
  );
}
