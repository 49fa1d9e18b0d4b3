import { ActionIcon, Loader, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconShieldCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useKiosk } from '@/desks/wall/useKiosk';
import { i18next } from '@/i18n';
import { EmptyState, ErrorState, useFormat, useShortcut } from '@/kit';
import { MaskedTile } from './MaskedTile';
import { presentationQuery } from './queries';
import { columnsFor, pageOf, useTurn } from './rotation';
import type { Presentation, Testimonial } from './types';
import classes from './presentation.module.css';

const TURN_MS = 30_000;
const QUOTE_MS = 15_000;
const FIGURES = ['live_now', 'verified_live', 'cameras', 'consented', 'premises'] as const;

/** For visitors of the centre: masked pictures of public cameras and large figures, nothing of private premises. */
export function Component() {
  const { t } = useTranslation('presentation');
  const navigate = useNavigate();
  const kiosk = useKiosk(true);
  const shown = useQuery(presentationQuery);
  const turn = useTurn(TURN_MS);
  const leave = useCallback(() => void navigate('/'), [navigate]);
  useLeavingFullScreen(leave);
  useShortcut('Escape', t('close'), leave);
  useShortcut('f', t('full_screen'), kiosk.toggleFullScreen);
  const cameras = pageOf(shown.data?.camera_ids ?? [], turn);

  return (
    <div className={classes.stage} data-idle={kiosk.idle || undefined}>
      <header className={classes.head}>
        <Both of="heading" as="h1" />
        <p className={classes.sign}>
          <IconShieldCheck size={28} stroke={1.5} aria-hidden />
          <Both of="masked" as="span" />
        </p>
        <div className={classes.tools}>
          <Tool label={t('full_screen')} icon={<IconArrowsMaximize size={20} />} onClick={kiosk.toggleFullScreen} />
          <Tool label={t('close')} icon={<IconX size={20} />} onClick={leave} />
        </div>
      </header>
      {shown.data ? (
        <>
          <div className={classes.body}>
            <Figures figures={shown.data.figures} />
            {cameras.length > 0 ? (
              <div className={classes.grid} style={{ '--columns': columnsFor(cameras.length) } as CSSProperties}>
                {cameras.map((id) => (
                  <MaskedTile key={id} cameraId={id} />
                ))}
              </div>
            ) : (
              <EmptyState title={t('none')} hint={t('none_hint')} />
            )}
          </div>
          <Quotes testimonials={shown.data.testimonials} />
        </>
      ) : shown.isError ? (
        <ErrorState error={shown.error} onRetry={() => void shown.refetch()} />
      ) : (
        <div className={classes.loading} role="status" aria-label={t('waiting')}>
          <Loader size="sm" type="dots" />
        </div>
      )}
    </div>
  );
}

/** Both languages at once, Hindi first: visitors read either. */
function Both({ of, as: As }: { of: string; as: 'h1' | 'span' }) {
  return (
    <As className={classes.both}>
      <span lang="hi">{i18next.t(`presentation:${of}`, { lng: 'hi' })}</span>
      <span lang="en">{i18next.t(`presentation:${of}`, { lng: 'en' })}</span>
    </As>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: React.ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function Figures({ figures }: { figures: Presentation['figures'] }) {
  const format = useFormat();
  return (
    <dl className={classes.figures}>
      {FIGURES.map((name) => (
        <div key={name} data-name={name}>
          <dd>{format.number(figures[name])}</dd>
          <dt>
            <Both of={`figure.${name}`} as="span" />
          </dt>
        </div>
      ))}
    </dl>
  );
}

/** What owners said and let be shown, one after the other; no premises are named. */
function Quotes({ testimonials }: { testimonials: readonly Testimonial[] }) {
  const turn = useTurn(QUOTE_MS);
  const said = testimonials.filter((one) => one.text);
  const one = said[turn % Math.max(1, said.length)];
  if (!one) return null;
  return (
    <blockquote className={classes.quote} lang={one.language} key={one.id}>
      <p>{one.text}</p>
      <footer>
        {one.speaker}
        {one.speaker_role && `, ${one.speaker_role}`}
      </footer>
    </blockquote>
  );
}

/** The browser leaves full screen by Escape without telling of the key: the page is left with it. */
function useLeavingFullScreen(leave: () => void) {
  const was = useRef(false);
  useEffect(() => {
    const onChange = () => {
      if (was.current && !document.fullscreenElement) leave();
      was.current = document.fullscreenElement !== null;
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, [leave]);
}
