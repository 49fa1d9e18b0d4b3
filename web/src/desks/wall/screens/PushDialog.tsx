import { Select, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/desks/works/FormModal';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { ChartPreview } from '../charts/ChartTile';
import { Lasting, secondsOf } from './Lasting';
import { screensQuery, useWallActs } from './queries';
import classes from './screens.module.css';
import type { ItemIn, Screen } from './types';

interface Props {
  items: ItemIn[];
  onClose: () => void;
}

const LAST_SCREEN = 'prahari.wall.screen';

/** Put this on a screen of the wall: on which, on which tile, for how long. What lies there stays beneath. */
export function PushDialog({ items, onClose }: Props) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const { data, error, refetch } = useQuery(screensQuery);
  const { show } = useWallActs();
  const screens = (data?.items ?? []).filter((one) => one.active);
  const [chosen, setChosen] = useState<string | null>(() => localStorage.getItem(LAST_SCREEN));
  const [tile, setTile] = useState<[number, number] | null>(null);
  const [lasting, setLasting] = useState('');
  const screen = screens.find((one) => one.id === chosen) ?? screens[0];
  const placed = tile && screen && tile[0] < screen.columns && tile[1] < screen.rows ? tile : null;
  return (
    <FormModal
      title={t('push.title')}
      submit={t('push.do')}
      busy={!screen}
      onClose={onClose}
      onSend={async () => {
        if (!screen) return;
        localStorage.setItem(LAST_SCREEN, screen.id);
        const put = placed && items.length === 1 ? items.map((one) => ({ ...one, at: placed })) : items;
        await show(screen.id, put, secondsOf(lasting), ({ over }) => {
          const others = [...new Set(over.map((one) => one.by || t('screens.centre')))].join(', ');
          const where = format.name(screen.name);
          return others ? t('push.done_over', { screen: where, names: others }) : t('push.done', { screen: where });
        });
      }}
    >
      {(errors) =>
        error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={3} />
        ) : screens.length === 0 ? (
          <Text size="sm">{t('push.no_screens')}</Text>
        ) : (
          <>
            <Select
              data-autofocus
              allowDeselect={false}
              label={t('push.screen')}
              data={screens.map((one) => ({
                value: one.id,
                label: `${format.name(one.name)}${one.linked ? '' : ` · ${t('screens.not_linked')}`}`,
              }))}
              value={screen?.id ?? null}
              error={errors.camera ?? errors.layout ?? errors.chart}
              onChange={(next) => {
                setChosen(next);
                setTile(null);
              }}
            />
            {items.length === 1 && items[0]?.chart && <ChartPreview name={items[0].chart} />}
            {screen && items.length === 1 && <TileChoice screen={screen} value={placed} onChange={setTile} />}
            <Lasting value={lasting} onChange={setLasting} />
          </>
        )
      }
    </FormModal>
  );
}

interface ChoiceProps {
  screen: Screen;
  value: [number, number] | null;
  onChange: (tile: [number, number] | null) => void;
}

/** The screen's tiles, small; none chosen: where there is room. */
export function TileChoice({ screen, value, onChange }: ChoiceProps) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('push.tile')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('push.tile_hint')}
      </Text>
      <SimpleGrid cols={screen.columns} spacing={4} verticalSpacing={4} role="group" aria-label={t('push.tile')}>
        {Array.from({ length: screen.columns * screen.rows }, (_, at) => {
          const [x, y] = [at % screen.columns, Math.floor(at / screen.columns)];
          const on = value?.[0] === x && value[1] === y;
          const there = screen.items.findLast(
            (one) => x >= one.x && x < one.x + one.w && y >= one.y && y < one.y + one.h,
          );
          const name = there
            ? format.name(there.content.cameras?.[0]?.name) ||
              t(there.content.chart ? `chart.${there.content.chart}.title` : `kind.${there.kind}`)
            : t('push.free');
          return (
            <UnstyledButton
              key={at}
              className={classes.tile}
              data-on={on || undefined}
              aria-pressed={on}
              onClick={() => onChange(on ? null : [x, y])}
            >
              <span>{format.number(at + 1)}</span> {name}
            </UnstyledButton>
          );
        })}
      </SimpleGrid>
    </div>
  );
}
