import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CameraDetail } from '@/api/types';
import { useFormat } from '@/kit';
import classes from './CameraFacts.module.css';

/** What is known of a camera, in two columns; what is not known is left out. */
export function CameraFacts({ camera, full = false }: { camera: CameraDetail; full?: boolean }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const video = camera.video;
  const facts: [string, ReactNode][] = [
    ['reg_id', camera.reg_id],
    [
      'premises',
      camera.premises && (
        <Anchor component={Link} size="sm" to={`/premises/${camera.premises.id}`}>
          {format.name(camera.premises.name)}
        </Anchor>
      ),
    ],
    ['site', camera.site && format.name(camera.site.name)],
    ['police_station', format.name(camera.jurisdiction.name)],
    ['ward', camera.ward && format.name(camera.ward.name)],
    ['owner_class', format.name(camera.owner_class.name)],
    ['place_class', full && camera.place_class && format.name(camera.place_class.name)],
    ['department', format.name(camera.department?.name)],
    ['kind', t(`kind.${camera.kind}`)],
    ['placement', t(`placement.${camera.placement}`)],
    ['bearing', camera.bearing_deg !== null && format.bearing(camera.bearing_deg)],
    ['field_of_view', full && camera.fov_deg !== null && `${format.number(camera.fov_deg)}°`],
    ['proved_at', camera.proved_at_ms !== null && format.when(camera.proved_at_ms)],
    ['since', camera.status_since_ms !== null && format.when(camera.status_since_ms)],
    ['watchers', camera.watchers > 0 && format.number(camera.watchers)],
    ['recorded', t(`record.${camera.record_mode}`)],
    [
      'video',
      video?.width &&
        [
          video.codec?.toUpperCase(),
          `${video.width}×${video.height}`,
          video.fps && `${format.number(video.fps)} fps`,
          video.kbit_s && `${format.number(video.kbit_s)} kbit/s`,
        ]
          .filter(Boolean)
          .join(' · '),
    ],
    ['retention', full && t('days', { count: camera.retention_days, number: format.number(camera.retention_days) })],
    ['make', full && [camera.make, camera.model].filter(Boolean).join(' ')],
    ['certificate', full && camera.certificate_number],
    ['firmware', full && camera.firmware_hash],
    ['address', full && camera.url],
    ['sub_address', full && camera.sub_url],
    ['credentials', full && t(camera.has_credentials ? 'yes_sealed' : 'none')],
    ['place', full && `${camera.lat.toFixed(5)}, ${camera.lon.toFixed(5)}`],
    ['edited', full && format.dateTime(camera.edited_ms)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} className={classes.fact}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
      {camera.detail && (
        <div className={classes.fact}>
          <dt>{t('fact.detail')}</dt>
          <dd lang="en">{camera.detail}</dd>
        </div>
      )}
    </dl>
  );
}
