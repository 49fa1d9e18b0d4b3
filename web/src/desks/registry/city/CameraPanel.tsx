import { ActionIcon, Button, Group, ScrollArea, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconDeviceTv, IconStar, IconStarFilled, IconTimeline, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { overlay, useLiveness } from '@/api/liveness';
import { cameraQuery, useCan } from '@/api/queries';
import { ErrorState, LoadingRows, RecordingMark, StatusWord, useFormat, usePreferences, useShortcut } from '@/kit';
import { LiveTile } from '@/media';
import { CameraFacts } from '../camera/CameraFacts';
import classes from './CameraPanel.module.css';

/** One camera beside the map: its picture, what it is, what can be done. */
export function CameraPanel({ cameraId, onClose }: { cameraId: string; onClose: () => void }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(cameraQuery(cameraId));
  const heard = useLiveness(cameraId);
  const mayLook = useCan('camera.live');
  const mayUseWall = useCan('wall.use');
  const favourite = usePreferences((state) => state.favourites.includes(cameraId));
  const toggle = usePreferences((state) => state.toggleFavourite);
  useShortcut('o', t('panel.open'), () => void navigate(`/cameras/${cameraId}`));
  useShortcut('w', t('panel.to_wall'), () => void navigate(`/wall?add=${cameraId}`), mayUseWall);
  useShortcut('s', t('panel.favourite'), () => toggle(cameraId));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const camera = overlay(data, heard);
  return (
    <ScrollArea className={classes.panel} type="auto">
      <header className={classes.head}>
        <div className={classes.titles}>
          <h2 className={classes.title}>{format.name(camera.name)}</h2>
          <Group gap={8}>
            <StatusWord status={camera.status} reason={camera.reason} withReason />
            <RecordingMark recorded={camera.recorded} recording={camera.recording} />
          </Group>
        </div>
        <Tooltip label={`${t('panel.favourite')}  S`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-pressed={favourite}
            aria-label={t('panel.favourite')}
            onClick={() => toggle(cameraId)}
          >
            {favourite ? <IconStarFilled size={18} /> : <IconStar size={18} />}
          </ActionIcon>
        </Tooltip>
        <ActionIcon variant="subtle" color="gray" aria-label={t('city.close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {mayLook && (
        <div className={classes.picture}>
          <LiveTile cameraId={cameraId} camera={data} />
        </div>
      )}
      <Group gap={6} p={12} pb={4}>
        <Button component={Link} to={`/cameras/${cameraId}`} size="xs" leftSection={<IconArrowsMaximize size={14} />}>
          {t('panel.open')}
        </Button>
        {mayUseWall && (
          <Button
            component={Link}
            to={`/wall?add=${cameraId}`}
            size="xs"
            variant="default"
            leftSection={<IconDeviceTv size={14} />}
          >
            {t('panel.to_wall')}
          </Button>
        )}
        <Button
          component={Link}
          to={`/cameras/${cameraId}?tab=live#timeline`}
          size="xs"
          variant="default"
          leftSection={<IconTimeline size={14} />}
        >
          {t('panel.timeline')}
        </Button>
      </Group>
      <CameraFacts camera={camera} />
    </ScrollArea>
  );
}
