import { IconEye, IconLanguage, IconLogout } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { ask, Refused } from './ask';
import { CameraPage } from './CameraPage';
import { ConsentPage } from './ConsentPage';
import { Landing } from './Landing';
import { Mine } from './Mine';
import { Failure, Waiting } from './parts';
import { PlacePage } from './PlacePage';
import { ReceiptCheck } from './ReceiptCheck';
import { ReceiptPage } from './ReceiptPage';
import { Register } from './Register';
import { Report } from './Report';
import { SignIn } from './SignIn';
import { Testimonial } from './Testimonial';
import { useAsked } from './useAsked';
import { go, useWay } from './way';
import { WithdrawPage } from './WithdrawPage';
import { firstLanguage, keepLanguage, speech, SpeechContext, type Language } from './words';
import type { Me, Start } from '../types';

/** The token of a letter's address, kept while the number is proved. */
const letter = () => new URLSearchParams(location.search).get('p') ?? sessionStorage.getItem('prahari.letter') ?? '';

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const said = useMemo(() => speech(language), [language]);
  const way = useWay();
  const [token] = useState(letter);
  const start = useAsked<Start>(`/start${/^[\w-]{1,60}$/.test(token) ? `?p=${token}` : ''}`);
  const session = useAsked<Me>('/session');
  useEffect(() => {
    keepLanguage(language);
    document.title = said.t('title');
  }, [language, said]);
  useEffect(() => {
    if (token) sessionStorage.setItem('prahari.letter', token);
  }, [token]);

  const [page = '', id = '', act = ''] = way.split('/');
  const signedOut = session.error instanceof Refused && session.error.status === 401;
  const leave = async () => {
    await ask('DELETE', '/session').catch(() => undefined); // out of reach: the session runs out by itself
    session.again();
    go('');
  };
  const landed = () => {
    session.again();
    if (page === 'report') return;
    const home = start.data?.letter_premises;
    sessionStorage.removeItem('prahari.letter');
    go(home ? `place/${home}` : 'mine', true);
  };
  const shown = () => {
    if (!start.data) return start.error ? <Failure error={start.error} onRetry={start.again} /> : <Waiting />;
    if (page === '') return <Landing start={start.data} signedIn={session.data !== null} />;
    if (page === 'check') return <ReceiptCheck />;
    if (signedOut || page === 'enter')
      return <SignIn start={start.data} forReport={page === 'report'} onDone={landed} />;
    if (!session.data) return session.error ? <Failure error={session.error} onRetry={session.again} /> : <Waiting />;
    if (page === 'report') return <Report />;
    if (page === 'register') return <Register classes={start.data.owner_classes} />;
    if (page === 'place' && act === 'consent') return <ConsentPage key={id} placeId={id} />;
    if (page === 'place' && act === 'withdraw') return <WithdrawPage key={id} placeId={id} />;
    if (page === 'place' && act === 'speak') return <Testimonial key={id} placeId={id} />;
    if (page === 'place') return <PlacePage key={id} placeId={id} />;
    if (page === 'camera') return <CameraPage key={id} cameraId={id} placeId={act} />;
    if (page === 'receipt') return <ReceiptPage key={id} receiptId={id} placeId={act} />;
    return <Mine me={session.data} />;
  };

  return (
    <SpeechContext value={said}>
      <header>
        <a
          href="/o"
          className="mark"
          onClick={(event) => {
            event.preventDefault();
            go('');
          }}
        >
          <IconEye size={22} aria-hidden />
          <span>{start.data ? said.name(start.data.centre) : said.t('title')}</span>
        </a>
        {session.data && (
          <button type="button" className="back" aria-label={said.t('leave')} onClick={() => void leave()}>
            <IconLogout size={20} aria-hidden />
          </button>
        )}
        <button
          type="button"
          className="language"
          onClick={() => setLanguage(language === 'hi' ? 'en' : 'hi')}
          lang={language === 'hi' ? 'en' : 'hi'}
        >
          <IconLanguage size={18} aria-hidden />
          {language === 'hi' ? 'English' : 'हिन्दी'}
        </button>
      </header>
      {shown()}
    </SpeechContext>
  );
}
