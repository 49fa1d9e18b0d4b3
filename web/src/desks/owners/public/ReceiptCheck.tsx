import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { ask } from './ask';
import { Button, Failure, Field, Screen, useAct } from './parts';
import { useSpeech } from './words';
import type { Checked } from '../types';

/** Anybody who holds a receipt may have it checked. */
export function ReceiptCheck() {
  const { t, name, dateTime } = useSpeech();
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [found, setFound] = useState<Checked | null>(null);
  const { busy, error, run } = useAct();
  return (
    <Screen title={t('check.title')} back="">
      <p>{t('check.text')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setFound(null);
          const query = new URLSearchParams({ number: number.trim(), code: code.trim() });
          void run(async () => setFound(await ask<Checked>('GET', `/receipt-check?${query}`)));
        }}
      >
        <Field
          required
          label={t('receipt.number')}
          placeholder="KNP-R-000123"
          pattern="[A-Za-z0-9 \-]+"
          maxLength={40}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Field
          required
          label={t('receipt.code')}
          inputMode="numeric"
          pattern="[0-9]{6}"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {error !== null && <Failure error={error} />}
        <Button type="submit" busy={busy}>
          {t('check.go')}
        </Button>
      </form>
      {found && (
        <div className="notice" role="status">
          <p className="done">
            <IconCircleCheck size={22} aria-hidden /> {t(found.genuine ? 'check.genuine' : 'check.changed')}
          </p>
          <p>
            {t(`receipt.${found.kind}`)} · {name(found.premises)} · {dateTime(found.issued_ms)}
          </p>
        </div>
      )}
    </Screen>
  );
}
