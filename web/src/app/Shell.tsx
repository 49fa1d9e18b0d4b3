import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useNavigate } from 'react-router';
import { useEvents } from '@/api/useEvents';
import { useMe } from '@/api/queries';
import { AttentionPrompt } from '@/desks/shifts/attention/Prompt';
import { useAttentionReport } from '@/desks/shifts/attention/useReport';
import { LoadingRows, useShortcut } from '@/kit';
import { useShortcutListener } from '@/kit/shortcuts';
import { rail } from './routes';
import { useSession } from './session';
import { BottomBar, Rail } from './Rail';
import { ShortcutSheet } from './ShortcutSheet';
import classes from './Shell.module.css';
import { TopBar } from './TopBar';

const Palette = lazy(() => import('./Palette'));

export function Shell() {
  const { t } = useTranslation('app');
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const permissions = useMe()?.permissions ?? [];
  const signedIn = !useSession((state) => state.expired);
  useEvents(signedIn);
  useAttentionReport(signedIn);
  useShortcutListener();
  useShortcut('mod+k', t('search.open'), () => setPalette(true));
  useShortcut('/', t('search.open'), () => setPalette(true));
  useShortcut('?', t('shortcuts.open'), () => setSheet(true));
  const entries = rail.filter((entry) => !entry.permission || permissions.includes(entry.permission));
  return (
    <div className={classes.shell}>
      <Rail entries={entries} onShortcuts={() => setSheet(true)} />
      <TopBar onSearch={() => setPalette(true)} />
      <main className={classes.main}>
        <Suspense fallback={<LoadingRows />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomBar entries={entries} />
      {entries.map(
        (entry) => entry.keys && <GoTo key={entry.to} to={entry.to} keys={entry.keys} label={entry.label} />,
      )}
      <AttentionPrompt />
      <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
      <Suspense>{palette && <Palette onClose={() => setPalette(false)} />}</Suspense>
    </div>
  );
}

function GoTo({ to, keys, label }: { to: string; keys: string; label: string }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  useShortcut(keys, t(label), () => void navigate(to));
  return null;
}
