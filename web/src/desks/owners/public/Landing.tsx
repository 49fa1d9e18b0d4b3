import {
  IconCamera,
  IconFaceIdError,
  IconHandStop,
  IconHomeOff,
  IconReceipt,
  IconShieldCheck,
  IconUsers,
} from '@tabler/icons-react';
import { Button } from './parts';
import { go } from './way';
import { useSpeech } from './words';
import type { Start } from '../types';

const POINTS = [
  ['asked', IconCamera],
  ['why', IconShieldCheck],
  ['faces', IconFaceIdError],
  ['inside', IconHomeOff],
  ['ledger', IconUsers],
  ['withdraw', IconHandStop],
] as const;

/** What this is, what is asked and why, what is never done, and what the owner may always do. */
export function Landing({ start, signedIn }: { start: Start; signedIn: boolean }) {
  const { t, name } = useSpeech();
  return (
    <main>
      <h1>{t('landing.title')}</h1>
      {start.letter && <p className="letter">{t('landing.letter', { name: name(start.letter) })}</p>}
      <p>{t('landing.lead')}</p>
      <Button onClick={() => go(signedIn ? 'mine' : 'enter')}>{t(signedIn ? 'landing.go_on' : 'landing.begin')}</Button>
      <ul className="points">
        {POINTS.map(([key, Icon]) => (
          <li key={key}>
            <Icon size={30} stroke={1.5} aria-hidden />
            <div>
              <b>{t(`landing.${key}.title`)}</b>
              <span>{t(`landing.${key}.text`)}</span>
            </div>
          </li>
        ))}
      </ul>
      <Button kind="plain" onClick={() => go('check')}>
        <IconReceipt size={18} aria-hidden /> {t('landing.check')}
      </Button>
    </main>
  );
}
