import { useState } from 'react';
import { ask } from './ask';
import { CodeField } from './CodeField';
import { Field, Screen } from './parts';
import { ReceiptShown } from './ReceiptPage';
import { useSpeech } from './words';
import type { Receipt } from '../types';

/** One button, a code, and it is over: the pictures stop within seconds. */
export function WithdrawPage({ placeId }: { placeId: string }) {
  const { t, language } = useSpeech();
  const [reason, setReason] = useState('');
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  if (receipt)
    return (
      <Screen title={t('withdraw.done')} back={`place/${placeId}`}>
        <p>{t('withdraw.stopped')}</p>
        <ReceiptShown receipt={receipt} />
      </Screen>
    );
  return (
    <Screen title={t('withdraw.title')} back={`place/${placeId}`}>
      <p>{t('withdraw.text')}</p>
      <Field
        label={t('withdraw.reason')}
        maxLength={400}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <CodeField
        danger
        askLabel={t('withdraw.ask')}
        giveLabel={t('withdraw.give')}
        onAsk={() => ask('POST', `/premises/${placeId}/code`, { purpose: 'withdraw', language })}
        onGive={async (code) =>
          setReceipt(await ask<Receipt>('POST', `/premises/${placeId}/withdraw`, { code, reason, language }))
        }
      />
    </Screen>
  );
}
