import { ActionIcon, Badge, Button, Group, Menu, Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDeviceTv, IconDots, IconEdit, IconMapPin, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { overlay, useLiveness } from '@/api/liveness';
import { cameraQuery, useCan } from '@/api/queries';
import type { CameraDetail } from '@/api/types';
import { ErrorState, LoadingRows, Page, ReasonDialog, StatusWord, useFormat, usePreferences, useShortcut } from '@/kit';
import { CameraAlarms } from '@/desks/alarms/CameraAlarms';
import { DeviceCard } from '@/desks/devices/DeviceCard';
import { PtzPanel, useMovable } from '@/desks/devices/ptz/PtzPanel';
import { useHasDisk } from '@/desks/devices/queries';
import { CameraHealthTab } from '@/desks/health/CameraHealthTab';
import { PushButton } from '@/desks/wall/PushTool';
import { CameraPlayer } from '@/media';
import { CameraFacts } from './CameraFacts';
import { CameraForm } from './CameraForm';
import { History } from './History';
import { Nearby } from './Nearby';
import { PermitCard } from './PermitCard';
import { StatusHistory } from './StatusHistory';
import { useViewRequest, ViewRequestBar } from './ViewRequest';
import classes from './CameraPage.module.css';

/** One camera: pictures now and then, what it is, by what leave it is open, what happened to it. */
export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(cameraQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={10} />;
  return <Camera key={id} read={data} />;
}

function Camera({ read }: { read: CameraDetail }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const mayEdit = useCan('camera.edit');
  const mayLook = useCan('camera.live');
  const mayUseWall = useCan('wall.use');
  const [editing, setEditing] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const onRequest = mayLook && (read.permit?.scope.on_request ?? false);
  const request = useViewRequest(read.id, onRequest);
  const favourite = usePreferences((state) => state.favourites.includes(read.id));
  const toggle = usePreferences((state) => state.toggleFavourite);
  const camera = overlay(read, useLiveness(read.id));
  const moves = useMovable(read.id, read.kind === 'ptz' && camera.permit?.state === 'stands');
  const hasDisk = useHasDisk(read.id);
  const asked = search.get('tab') ?? (moves ? 'move' : 'facts');
  const tab = asked === 'move' && !moves ? 'facts' : asked;
  const mapAddress = `/?camera=${read.id}&at=${read.lon},${read.lat},16`;
  useShortcut('e', t('camera.edit'), () => setEditing(true), mayEdit);
  useShortcut('m', t('camera.on_map'), () => void navigate(mapAddress));
  useShortcut('w', t('panel.to_wall'), () => void navigate(`/wall?add=${read.id}`), mayUseWall);

  return (
    <Page
      title={format.name(camera.name)}
      note={
        <Group gap={10}>
          <StatusWord status={camera.status} reason={camera.reason} withReason />
          <span>{camera.reg_id}</span>
          <span>{format.name(camera.jurisdiction.name)}</span>
          <CameraAlarms cameraId={read.id} />
          {camera.proved_at_ms !== null && (
            <span>{t('camera.proved', { time: format.when(camera.proved_at_ms) })}</span>
          )}
        </Group>
      }
      actions={
        <Group gap={8}>
          <ActionIcon
            variant="default"
            size={30}
            aria-pressed={favourite}
            aria-label={t('panel.favourite')}
            onClick={() => toggle(read.id)}
          >
            {favourite ? <IconStarFilled size={16} /> : <IconStar size={16} />}
          </ActionIcon>
          <Button component={Link} to={mapAddress} size="xs" variant="default" leftSection={<IconMapPin size={14} />}>
            {t('camera.on_map')}
          </Button>
          {mayUseWall && (
            <Button
              component={Link}
              to={`/wall?add=${read.id}`}
              size="xs"
              variant="default"
              leftSection={<IconDeviceTv size={14} />}
            >
              {t('panel.to_wall')}
            </Button>
          )}
          <PushButton items={[{ kind: 'camera', camera: read.id }]} />
          {mayEdit && (
            <>
              <Button size="xs" variant="default" leftSection={<IconEdit size={14} />} onClick={() => setEditing(true)}>
                {t('camera.edit')}
              </Button>
              <Menu position="bottom-end" shadow="none">
                <Menu.Target>
                  <ActionIcon variant="default" size={30} aria-label={t('camera.more')}>
                    <IconDots size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setRetiring(true)}>
                    {t('camera.retire')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          )}
        </Group>
      }
    >
      <div className={classes.columns}>
        <div className={classes.pictures}>
          {onRequest && request.isKnown && <ViewRequestBar cameraId={read.id} mine={request.mine} />}
          {mayLook && <CameraPlayer key={request.mine?.id ?? 'plain'} camera={read} hasDisk={hasDisk} />}
        </div>
        <div className={classes.side}>
          <Tabs
            value={tab}
            onChange={(next) =>
              setSearch((before) => new URLSearchParams({ ...Object.fromEntries(before), tab: next ?? 'facts' }), {
                replace: true,
              })
            }
            keepMounted={false}
          >
            <Tabs.List>
              {moves && <Tabs.Tab value="move">{t('camera.move')}</Tabs.Tab>}
              <Tabs.Tab value="facts">{t('camera.facts')}</Tabs.Tab>
              <Tabs.Tab
                value="permit"
                rightSection={
                  camera.permit?.state === 'stands' ? null : (
                    <Badge size="xs" color="red" variant="light">
                      !
                    </Badge>
                  )
                }
              >
                {t('camera.permit')}
              </Tabs.Tab>
              <Tabs.Tab value="health">{t('camera.health')}</Tabs.Tab>
              <Tabs.Tab value="states">{t('camera.states')}</Tabs.Tab>
              <Tabs.Tab value="history">{t('camera.history')}</Tabs.Tab>
              <Tabs.Tab value="nearby">{t('camera.nearby')}</Tabs.Tab>
            </Tabs.List>
            {moves && (
              <Tabs.Panel value="move">
                <PtzPanel cameraId={read.id} />
              </Tabs.Panel>
            )}
            <Tabs.Panel value="facts">
              <CameraFacts camera={camera} full />
              <h2 className={classes.heading}>{t('camera.device')}</h2>
              <DeviceCard cameraId={read.id} />
            </Tabs.Panel>
            <Tabs.Panel value="permit">
              <PermitCard camera={camera} />
            </Tabs.Panel>
            <Tabs.Panel value="health">
              <CameraHealthTab cameraId={read.id} />
            </Tabs.Panel>
            <Tabs.Panel value="states">
              <StatusHistory cameraId={read.id} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <History path={`/cameras/${read.id}/history`} />
            </Tabs.Panel>
            <Tabs.Panel value="nearby">
              <Nearby cameras={camera.nearby} />
            </Tabs.Panel>
          </Tabs>
        </div>
      </div>
      {editing && <CameraForm camera={read} onClose={() => setEditing(false)} />}
      <ReasonDialog
        opened={retiring}
        title={t('camera.retire_title')}
        consequence={t('camera.retire_consequence')}
        confirm={t('camera.retire')}
        danger
        onClose={() => setRetiring(false)}
        onConfirm={async (reason) => {
          await api.post(`/cameras/${read.id}/retire`, { reason });
          await client.invalidateQueries({ queryKey: ['cameras'] });
          await navigate('/cameras');
        }}
      />
    </Page>
  );
}
