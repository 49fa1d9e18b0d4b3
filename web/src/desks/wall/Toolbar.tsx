import { ActionIcon, Button, Checkbox, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconEyeOff,
  IconLayoutSidebar,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlus,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { LayoutMenu } from './LayoutMenu';
import * as model from './model';
import { TOUR_SECONDS, type Tour } from './useTour';
import classes from './wall.module.css';

interface Props {
  wall: model.Wall;
  layouts: model.Layout[];
  meId: string;
  tour: Tour;
  tourPossible: boolean;
  list: boolean;
  onWall: (act: (before: model.Wall) => model.Wall) => void;
  onOpen: (layout: model.Layout) => void;
  onTour: (tour: Tour) => void;
  onList: () => void;
  onHide: () => void;
  onFullScreen: () => void;
}

export function Toolbar(props: Props) {
  const { wall, layouts, tour, onWall, onTour } = props;
  const { t } = useTranslation('wall');
  const format = useFormat();
  const pages = model.pagesOf(wall);
  const layout = layouts.find((one) => one.id === wall.layoutId);
  const button = (icon: Icon, label: string, key: string, onClick: () => void, disabled = false) => {
    const Drawing = icon;
    return (
      <Tooltip label={key ? `${label} (${key})` : label}>
        <ActionIcon variant="default" size={30} aria-label={label} disabled={disabled} onClick={onClick}>
          <Drawing size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    );
  };
  const toggleLayout = (id: string) =>
    onTour({
      ...tour,
      layoutIds: tour.layoutIds.includes(id) ? tour.layoutIds.filter((one) => one !== id) : [...tour.layoutIds, id],
    });

  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('title')}>
      {button(IconLayoutSidebar, t('cameras'), 'B', props.onList)}
      <LayoutMenu wall={wall} layouts={layouts} meId={props.meId} onWall={onWall} onOpen={props.onOpen} />
      <span className={classes.name} aria-live="polite">
        {layout?.name ?? t('unsaved')}
        {model.differs(wall, layout) && <span className={classes.changed}> · {t('changed')}</span>}
      </span>
      <span className={classes.spring} />
      <SegmentedControl
        size="xs"
        aria-label={t('grid')}
        value={String(wall.grid)}
        onChange={(value) => onWall((before) => model.withGrid(before, Number(value) as model.Grid))}
        data={model.GRIDS.map((grid) => ({ value: String(grid), label: format.number(grid) }))}
      />
      {button(
        IconChevronLeft,
        t('key.previous_page'),
        'PgUp',
        () => onWall((before) => model.turnTo(before, before.page - 1)),
        pages < 2,
      )}
      <span className={classes.page} title={t('pages')}>
        {format.number(wall.page + 1)} / {format.number(pages)}
      </span>
      {button(
        IconChevronRight,
        t('key.next_page'),
        'PgDn',
        () => onWall((before) => model.turnTo(before, before.page + 1)),
        pages < 2,
      )}
      {button(IconPlus, t('add_page'), '', () => onWall(model.addPage))}
      <Button.Group>
        <Button
          size="xs"
          variant={tour.running ? 'filled' : 'default'}
          disabled={!props.tourPossible && !tour.running}
          leftSection={tour.running ? <IconPlayerPauseFilled size={13} /> : <IconPlayerPlayFilled size={13} />}
          onClick={() => onTour({ ...tour, running: !tour.running })}
        >
          {t('tour')}
        </Button>
        <Menu closeOnItemClick={false} width={260}>
          <Menu.Target>
            <Button size="xs" variant="default" px={6} aria-label={t('tour_settings')}>
              <IconChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('tour_every')}</Menu.Label>
            {TOUR_SECONDS.map((everyS) => (
              <Menu.Item
                key={everyS}
                leftSection={tour.everyS === everyS ? <IconRefresh size={14} /> : <span style={{ width: 14 }} />}
                onClick={() => onTour({ ...tour, everyS })}
              >
                {format.length(everyS * 1000)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Label>{t('tour_layouts')}</Menu.Label>
            {layouts.map((one) => (
              <Menu.Item key={one.id} component="div" onClick={() => toggleLayout(one.id)}>
                <Checkbox size="xs" readOnly tabIndex={-1} label={one.name} checked={tour.layoutIds.includes(one.id)} />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      {button(IconEyeOff, t('key.hide'), 'H', props.onHide)}
      {button(IconArrowsMaximize, t('key.full_screen'), 'F', props.onFullScreen)}
    </div>
  );
}
