import { useState } from 'react';
import { ask } from './ask';
import { CodeField } from './CodeField';
import { Field, Screen } from './parts';
import { useSpeech } from './words';
import type { Start } from '../types';

/** A number, then the code that was sent to it. */
export function SignIn({ start, forReport, onDone }: { start: Start; forReport: boolean; onDone: () => void }) {
  const { t, name, language } = useSpeech();
  const [mobile, setMobile] = useState('');
  return (
    <Screen title={t(forReport ? 'report.title' : 'enter.title')} {...(forReport ? {} : { back: '' })}>
      {start.letter && !forReport && <p className="letter">{t('landing.letter', { name: name(start.letter) })}</p>}
      {forReport && (
        <p className="letter" role="note">
          {t('report.urgent')}
        </p>
      )}
      <p>{t('enter.why')}</p>
      <Field
        autoFocus
        label={t('enter.mobile')}
        hint={t('enter.mobile_hint')}
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        value={mobile}
        onChange={(event) => setMobile(event.currentTarget.value)}
      />
      <CodeField
        key={mobile}
        askLabel={t('enter.send')}
        giveLabel={t('enter.go')}
        onAsk={() => ask('POST', '/code', { mobile, language })}
        onGive={async (code) => {
          await ask('POST', '/session', { mobile, code });
          onDone();
        }}
      />
    </Screen>
  );
}
