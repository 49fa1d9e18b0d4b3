import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EventStream } from '@/api/events';
import { CacheUpdater } from '@/api/useEvents';
import { i18next } from '@/i18n';
import { useFormat, useNow } from '@/kit';
import { useAwake } from '../useAwake';
import { Board } from './Board';
import { browserWorld, KioskLoop, useKiosk } from './kiosk';
import { Mended } from './Mended';
import classes from './screen.module.css';

/** A screen of the wall, before which nobody sits: it asks for nothing, opens no dialog and comes back by itself. */
export function Component() {
  return (
    <Mended>
      <WallScreen />
    </Mended>
  );
}

function WallScreen() {
  const { t } = useTranslation('wall');
  const client = useQueryClient();
  const { code, now } = useKiosk();
  const [loop] = useState(() => new KioskLoop(browserWorld));
  const { setColorScheme } = useMantineColorScheme();
  const screen = now?.screen;
  useAwake(true);

  useEffect(() => {
    loop.start();
    return () => loop.stop();
  }, [loop]);

  const enrolled = screen !== undefined;
  useEffect(() => {
    if (!enrolled) return;
    const caches = new CacheUpdater(client);
    const stream = new EventStream({
      onEvent: (event) => {
        caches.take(event);
        if (event.type === 'wall.changed' || event.type === 'access.changed') loop.wake();
      },
      onResync: () => {
        caches.resync();
        loop.wake();
      },
    });
    stream.start();
    return () => {
      stream.stop();
      caches.stop();
      client.clear();
    };
  }, [enrolled, client, loop]);

  // Of the screen, not of this browser: what it shows is set at the desk.
  const language = screen?.language;
  useEffect(() => {
    if (language && language !== i18next.language) void i18next.changeLanguage(language);
  }, [language]);
  useEffect(() => setColorScheme('dark'), [setColorScheme]);
  useEffect(() => {
    document.title = t('screen.title');
  }, [t]);

  return (
    <main className={classes.screen}>
      {screen ? <Board screen={screen} /> : <Pairing code={code} />}
      <Lost />
    </main>
  );
}

function Pairing({ code }: { code: string | null }) {
  const { t } = useTranslation('wall');
  return (
    <div className={classes.pairing}>
      <p lang="hi">{t('screen.type_in', { lng: 'hi' })}</p>
      <strong className={classes.code} data-code={code ?? ''}>
        {code ?? '····-····'}
      </strong>
      <p lang="en">{t('screen.type_in', { lng: 'en' })}</p>
    </div>
  );
}

/** Quietly, in a corner: the pictures may well go on. */
function Lost() {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const since = useKiosk((state) => state.lost_since_ms);
  const now = useNow();
  if (since === null || now - since < 4_000) return null;
  return (
    <div className={classes.lost} role="status">
      {t('screen.lost', { time: format.time(since, false) })}
    </div>
  );
}
