import { useEffect, useState } from 'react';
import { ask } from './ask';
import { CodeField } from './CodeField';
import { Failure, Field, Screen, Waiting } from './parts';
import { ReceiptShown } from './ReceiptPage';
import { useSpeech } from './words';
import type { ConsentWords, Receipt, ScopeIn } from '../types';

type Live = 'yes' | 'on_request' | 'no';
const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** How much, how long; the exact words; then a fresh code. */
export function ConsentPage({ placeId }: { placeId: string }) {
  const { t, language } = useSpeech();
  const [live, setLive] = useState<Live>('yes');
  const [record, setRecord] = useState(true);
  const [publicOnly, setPublicOnly] = useState(true);
  const [someHours, setSomeHours] = useState(false);
  const [from, setFrom] = useState('08:00');
  const [to, setTo] = useState('22:00');
  const [until, setUntil] = useState('');
  const [who, setWho] = useState('');
  const [words, setWords] = useState<ConsentWords | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const begin = minutes(from);
  const end = minutes(to);
  const wrongHours = someHours && !(begin < end);
  const nothing = live === 'no' && !record;
  const scope: ScopeIn = {
    language,
    until: until || null,
    scope: { live, record, public_view_only: publicOnly, hours: someHours && !wrongHours ? [[begin, end]] : [] },
  };
  const asked = JSON.stringify(scope);
  useEffect(() => {
    let over = false;
    ask<ConsentWords>('POST', `/premises/${placeId}/words`, JSON.parse(asked)).then(
      (shown) => {
        if (over) return;
        setWords(shown);
        setError(null);
      },
      (failure: unknown) => !over && setError(failure),
    );
    return () => {
      over = true;
    };
  }, [asked, placeId]);
  if (receipt)
    return (
      <Screen title={t('consent.done')} back={`place/${placeId}`}>
        <p>{t('consent.thanks')}</p>
        <ReceiptShown receipt={receipt} />
      </Screen>
    );
  return (
    <Screen title={t('consent.title')} back={`place/${placeId}`}>
      <fieldset>
        <legend>{t('consent.live')}</legend>
        {(['yes', 'on_request', 'no'] as const).map((one) => (
          <label key={one} className="check">
            <input type="radio" name="live" checked={live === one} onChange={() => setLive(one)} />
            {t(`consent.live_${one}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('consent.more')}</legend>
        <label className="check">
          <input type="checkbox" checked={record} onChange={(event) => setRecord(event.currentTarget.checked)} />
          {t('consent.record')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={publicOnly}
            onChange={(event) => setPublicOnly(event.currentTarget.checked)}
          />
          {t('consent.public_only')}
        </label>
        <label className="check">
          <input type="checkbox" checked={someHours} onChange={(event) => setSomeHours(event.currentTarget.checked)} />
          {t('consent.some_hours')}
        </label>
        {someHours && (
          <div className="row">
            <Field
              type="time"
              label={t('consent.from')}
              value={from}
              error={wrongHours ? t('consent.wrong_hours') : undefined}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <Field
              type="time"
              label={t('consent.to')}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </div>
        )}
      </fieldset>
      <Field
        type="date"
        label={t('consent.until')}
        hint={t('consent.until_hint')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Field
        required
        label={t('your_name')}
        autoComplete="name"
        value={who}
        onChange={(event) => setWho(event.currentTarget.value)}
      />
      <h2>{t('consent.text')}</h2>
      {words ? <blockquote>{words.text}</blockquote> : error === null && <Waiting />}
      {error !== null && <Failure error={error} />}
      {nothing && <p className="failure">{t('consent.nothing')}</p>}
      {words && error === null && !nothing && !wrongHours && who.trim().length >= 2 ? (
        <CodeField
          askLabel={t('consent.ask')}
          giveLabel={t('consent.give')}
          onAsk={() => ask('POST', `/premises/${placeId}/code`, { purpose: 'consent', language })}
          onGive={async (code) => {
            const body = { ...scope, given_by: who.trim(), text_sha256: words.sha256, code };
            setReceipt(await ask<Receipt>('POST', `/premises/${placeId}/consent`, body));
          }}
        />
      ) : (
        <p className="dim">{t('consent.name_first')}</p>
      )}
    </Screen>
  );
}
