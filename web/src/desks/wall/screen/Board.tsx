import { lazy, Suspense, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { ChartTile } from '../charts/ChartTile';
import type { Item, Screen } from '../screens/types';
import { AlarmList } from './AlarmList';
import { CameraTile } from './CameraTile';
import { CountsTile } from './CountsTile';
import { Grid } from './Grid';
import classes from './screen.module.css';
import { Tour } from './Tour';

const MapTile = lazy(async () => ({ default: (await import('./MapTile')).MapTile }));

interface Props {
  screen: Screen;
  /** At the desk: pictures live, all else told in a word. */
  small?: boolean;
}

/** What a screen shows. Items are keyed by themselves: what stays where it is goes on playing. */
export function Board({ screen, small = false }: Props) {
  const { t } = useTranslation('wall');
  const painted = screen.items.map((item, depth) => ({ item, depth }));
  // Always in the same order: a <video> that is moved in the document stops.
  painted.sort((one, other) => (one.item.id < other.item.id ? -1 : 1));
  return (
    <div
      className={classes.board}
      data-small={small || undefined}
      style={{ '--columns': screen.columns, '--rows': screen.rows } as CSSProperties}
    >
      {screen.items.length === 0 && <p className={classes.nothing}>{t('screen.nothing')}</p>}
      {painted.map(({ item, depth }) => (
        <section
          key={item.id}
          className={classes.item}
          data-kind={item.kind}
          data-source={item.source}
          style={{
            gridColumn: `${item.x + 1} / span ${item.w}`,
            gridRow: `${item.y + 1} / span ${item.h}`,
            zIndex: depth + 1,
          }}
        >
          <Content item={item} small={small} />
          {!small && <Why item={item} />}
        </section>
      ))}
    </div>
  );
}

function Content({ item, small }: { item: Item; small: boolean }) {
  const { t } = useTranslation('wall');
  const { content } = item;
  const cameras = content.cameras ?? [];
  switch (item.kind) {
    case 'camera':
      return <CameraTile camera={cameras[0] ?? null} small={small} large={item.w * item.h > 1} />;
    case 'layout':
      return <Grid cameras={cameras} side={Math.sqrt(content.grid ?? 1)} small={small} />;
    case 'tour':
      return <Tour cameras={cameras} dwell_s={content.dwell_s} small={small} />;
  }
  if (small) {
    return (
      <div className={classes.word}>
        {content.chart ? t(`chart.${content.chart}.title`) : t(`kind.${item.kind}`)}
        {item.kind === 'page' && <small>{content.url}</small>}
      </div>
    );
  }
  switch (item.kind) {
    case 'map':
      return (
        <Suspense>
          <MapTile content={content} />
        </Suspense>
      );
    case 'counts':
      return <CountsTile />;
    case 'alarms':
      return <AlarmList most={item.h * 4} />;
    case 'chart':
      return content.chart && <ChartTile name={content.chart} />;
    case 'page':
      return (
        <iframe
          className={classes.page}
          title={content.url}
          src={content.url}
          sandbox="allow-scripts allow-same-origin"
          referrerPolicy="no-referrer"
        />
      );
  }
}

/** What it is there for, where the centre or an alarm put it; else by whom. */
function Why({ item }: { item: Item }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  if (item.why) return <span className={classes.why}>{format.name(item.why)}</span>;
  if (item.kind === 'camera' && item.by) return <span className={classes.by}>{t('screen.by', { name: item.by })}</span>;
  return null;
}
