import { ActionIcon, Button, Group, Select, Tooltip } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconAspectRatio,
  IconBolt,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconCamera,
  IconDownload,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
  IconRewindBackward10,
  IconRewindForward10,
  IconVolume,
  IconVolumeOff,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useShortcut } from '@/kit';
import classes from '../CameraPlayer.module.css';

interface Props {
  recorded: boolean;
  playing: boolean;
  rate: number;
  muted: boolean;
  fill: boolean;
  lowLatency: boolean;
  mayPlayBack: boolean;
  mayExport: boolean;
  hasMarks: boolean;
  /** The page walks a list by j and k, and does things by letters: those keys are not ours then. */
  besideList: boolean;
  onToggle: () => void;
  onStep: (direction: 1 | -1) => void;
  onSeekBy: (byMs: number) => void;
  onRate: (rate: number) => void;
  onLive: () => void;
  onMark: (side: 'inMs' | 'outMs') => void;
  onClip: () => void;
  onSnapshot: () => void;
  onMute: () => void;
  onFill: () => void;
  onFullScreen: () => void;
  onLowLatency: () => void;
}

const RATES = [0.5, 1, 1.5, 2, 4, 8];
const TEN_SECONDS_MS = 10_000;

/** The row of buttons under the picture; every one of them has a key. */
export function Controls(props: Props) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const { recorded, mayPlayBack, mayExport, besideList } = props;
  useShortcut('k', t('controls.play_pause'), props.onToggle, mayPlayBack && !besideList);
  useShortcut('j', t('controls.back_10'), () => props.onSeekBy(-TEN_SECONDS_MS), mayPlayBack && !besideList);
  useShortcut('l', t('controls.forth_10'), () => props.onSeekBy(TEN_SECONDS_MS), mayPlayBack);
  useShortcut(',', t('controls.frame_back'), () => props.onStep(-1), recorded);
  useShortcut('.', t('controls.frame_forth'), () => props.onStep(1), recorded);
  useShortcut('i', t('controls.mark_in'), () => props.onMark('inMs'), mayExport && !besideList);
  useShortcut('o', t('controls.mark_out'), () => props.onMark('outMs'), mayExport);
  useShortcut('s', t('tile.snapshot'), props.onSnapshot, mayPlayBack);
  useShortcut('f', t('tile.full_screen'), props.onFullScreen);
  useShortcut('v', t('controls.live'), props.onLive, recorded);

  const button = (icon: Icon, label: string, key: string, onClick: () => void, disabled = false, pressed?: boolean) => {
    const Drawing = icon;
    return (
      <Tooltip label={key ? `${label} (${key.toUpperCase()})` : label}>
        <ActionIcon
          variant={pressed ? 'light' : 'default'}
          size={32}
          aria-label={label}
          aria-pressed={pressed}
          disabled={disabled}
          onClick={onClick}
        >
          <Drawing size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    );
  };

  return (
    <div className={classes.controls}>
      {mayPlayBack && (
        <>
          <Group gap={4}>
            {button(IconRewindBackward10, t('controls.back_10'), 'j', () => props.onSeekBy(-TEN_SECONDS_MS))}
            {button(IconPlayerSkipBackFilled, t('controls.frame_back'), ',', () => props.onStep(-1), !recorded)}
            {button(
              props.playing || !recorded ? IconPlayerPauseFilled : IconPlayerPlayFilled,
              t('controls.play_pause'),
              'k',
              props.onToggle,
            )}
            {button(IconPlayerSkipForwardFilled, t('controls.frame_forth'), '.', () => props.onStep(1), !recorded)}
            {button(IconRewindForward10, t('controls.forth_10'), 'l', () => props.onSeekBy(TEN_SECONDS_MS), !recorded)}
          </Group>
          <Select
            w={88}
            size="xs"
            aria-label={t('controls.speed')}
            disabled={!recorded}
            allowDeselect={false}
            data={RATES.map((rate) => ({ value: String(rate), label: `${format.number(rate, 1)} ×` }))}
            value={String(props.rate)}
            onChange={(value) => value && props.onRate(Number(value))}
          />
          <Button size="xs" variant={recorded ? 'filled' : 'default'} disabled={!recorded} onClick={props.onLive}>
            {t('controls.live')}
          </Button>
        </>
      )}
      <span className={classes.spring} />
      {mayExport && (
        <Group gap={4}>
          {button(IconBracketsContainStart, t('controls.mark_in'), 'i', () => props.onMark('inMs'))}
          {button(IconBracketsContainEnd, t('controls.mark_out'), 'o', () => props.onMark('outMs'))}
          <Button
            size="xs"
            variant={props.hasMarks ? 'light' : 'default'}
            leftSection={<IconDownload size={15} />}
            onClick={props.onClip}
          >
            {t('controls.clip')}
          </Button>
        </Group>
      )}
      <Group gap={4}>
        {mayPlayBack && button(IconCamera, t('tile.snapshot'), 's', props.onSnapshot)}
        {button(IconBolt, t('controls.low_latency'), '', props.onLowLatency, recorded, props.lowLatency)}
        {button(
          props.muted ? IconVolumeOff : IconVolume,
          t(props.muted ? 'controls.unmute' : 'controls.mute'),
          '',
          props.onMute,
        )}
        {button(IconAspectRatio, t(props.fill ? 'tile.whole' : 'tile.fill'), '', props.onFill, false, props.fill)}
        {button(IconArrowsMaximize, t('tile.full_screen'), 'f', props.onFullScreen)}
      </Group>
    </div>
  );
}
