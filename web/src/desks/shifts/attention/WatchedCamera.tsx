import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit';
import type { AttentionCamera, AttentionReport } from '../types';
import classes from '../shifts.module.css';

type Span = [number, number];

/** One camera over the window: a lane for each person who watched, one for when nobody did. */
export function WatchedCamera({ camera, report }: { camera: AttentionCamera; report: AttentionReport }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  return (
    <li className={classes.watchedCamera} data-camera={camera.reg_id}>
      <header>
        <Link to={`/cameras/${camera.id}`}>
          <b>{format.name(camera.name)}</b>
        </Link>
        <span className={classes.faint}>{camera.reg_id}</span>
        <span>{t('attention.watched', { share: format.number(camera.share * 100) })}</span>
      </header>
      {camera.people.map((one) => (
        <Lane
          key={`${one.person.id} ${one.post}`}
          name={[one.person.name, one.post].filter(Boolean).join(' · ')}
          spans={one.stretches as Span[]}
          kind="watched"
          report={report}
        />
      ))}
      <Lane name={t('attention.nobody')} spans={camera.nobody as Span[]} kind="nobody" report={report} />
      <div className={classes.lane} aria-hidden>
        <span />
        <span className={classes.axis}>
          <span>{format.time(report.from_ms, false)}</span>
          <span>{format.time((report.from_ms + report.to_ms) / 2, false)}</span>
          <span>{format.time(report.to_ms, false)}</span>
        </span>
        <span />
      </div>
    </li>
  );
}

interface LaneProps {
  name: string;
  spans: Span[];
  kind: 'watched' | 'nobody';
  report: AttentionReport;
}

function Lane({ name, spans, kind, report }: LaneProps) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const whole_ms = Math.max(1, report.to_ms - report.from_ms);
  const place = ([from, to]: Span) => ({
    insetInlineStart: `${(100 * (from - report.from_ms)) / whole_ms}%`,
    width: `${(100 * (to - from)) / whole_ms}%`,
  });
  const said = ([from, to]: Span) => t('attention.in_time', { from: format.time(from), to: format.time(to) });
  return (
    <div className={classes.lane}>
      <span>{name}</span>
      <span className={classes.strip} role="img" aria-label={`${name}: ${spans.map(said).join(', ') || '–'}`}>
        {spans.map((span) => (
          <i key={span[0]} data-kind={kind} style={place(span)} title={said(span)} />
        ))}
        {report.known_to_ms < report.to_ms && (
          <i data-kind="unknown" style={place([report.known_to_ms, report.to_ms])} title={t('attention.unknown')} />
        )}
      </span>
      <span>{format.length(spans.reduce((sum, [from, to]) => sum + to - from, 0))}</span>
    </div>
  );
}
