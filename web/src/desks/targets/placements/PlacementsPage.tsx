import { Modal, Switch } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PremisesRow } from '@/api/types';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, useFormat, type Column } from '@/kit';
import { Frame } from '../Frame';
import { placementsQuery } from '../queries';
import classes from '../targets.module.css';
import { PLACEMENTS, type PlacementRow } from '../types';

type Placement = (typeof PLACEMENTS)[number];
interface Opened {
  row: PlacementRow;
  placement: Placement;
}

/** Which of entry, exit, road side and public area are covered, by class; and premises that had no camera at first. */
export function Component() {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const [live, setLive] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const placements = useQuery(placementsQuery);
  const share = (value: number, of: number) => (of ? t('percent', { number: format.number((value / of) * 100) }) : '–');
  if (placements.error || !placements.data)
    return (
      <Frame>
        {placements.error ? (
          <ErrorState error={placements.error} onRetry={() => void placements.refetch()} />
        ) : (
          <LoadingRows rows={10} />
        )}
      </Frame>
    );
  const { items } = placements.data;
  const without = items.filter((row) => row.without > 0);
  return (
    <Frame as_of_ms={placements.data.as_of_ms} file="/progress/export?view=placements">
      {items.length === 0 ? (
        <EmptyState icon={IconBuildingStore} title={t('no_premises')} hint={t('no_premises_hint')} />
      ) : (
        <div className={classes.wide}>
          <h2 className={classes.sectionTitle}>{t('placements_title')}</h2>
          <Switch
            size="xs"
            mb="sm"
            label={t('only_verified')}
            checked={live}
            onChange={(event) => setLive(event.currentTarget.checked)}
          />
          <div className={classes.scroll}>
            <table className={classes.table} aria-label={t('placements_title')}>
              <thead>
                <tr>
                  <th scope="col">{t('kind_of.owner_class')}</th>
                  <th scope="col">{t('premises')}</th>
                  <th scope="col">{t('with_cameras')}</th>
                  {PLACEMENTS.map((one) => (
                    <th key={one} scope="col">
                      {t(`placement.${one}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((row) => (
                  <tr key={row.code}>
                    <th scope="row">{format.name(row.name)}</th>
                    <td>{format.number(row.premises)}</td>
                    <td>{format.number(row.with_cameras)}</td>
                    {PLACEMENTS.map((one) => {
                      const count = row[one][live ? 'live' : 'covered'];
                      return (
                        <td key={one}>
                          {share(count, row.with_cameras)}
                          {row.with_cameras > count && (
                            <a
                              href="#missing"
                              className={classes.sub}
                              onClick={(event) => {
                                event.preventDefault();
                                setOpened({ row, placement: one });
                              }}
                            >
                              {t('missing', { number: format.number(row.with_cameras - count) })}
                            </a>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {without.length > 0 && (
            <>
              <h2 className={classes.sectionTitle} style={{ marginTop: 24 }}>
                {t('without_title')}
              </h2>
              <div className={classes.scroll}>
                <table className={classes.table} aria-label={t('without_title')}>
                  <thead>
                    <tr>
                      <th scope="col">{t('kind_of.owner_class')}</th>
                      <th scope="col">{t('without')}</th>
                      <th scope="col">{t('step.asked')}</th>
                      <th scope="col">{t('promised')}</th>
                      <th scope="col">{t('installed')}</th>
                      <th scope="col">{t('step.linked')}</th>
                      <th scope="col">{t('conversion')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {without.map((row) => (
                      <tr key={row.code}>
                        <th scope="row">{format.name(row.name)}</th>
                        <td>{format.number(row.without)}</td>
                        <td>{format.number(row.asked)}</td>
                        <td>{format.number(row.promised)}</td>
                        <td>{format.number(row.installed)}</td>
                        <td>{format.number(row.linked)}</td>
                        <td>{share(row.linked, row.without)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )}
        </div>
      )}
      {opened && <Missing {...opened} live={live} onClose={() => setOpened(null)} />}
    </Frame>
  );
}

function Missing({ row, placement, live, onClose }: Opened & { live: boolean; onClose: () => void }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const navigate = useNavigate();
  const pages = usePages<PremisesRow>('missing', '/progress/placements/missing', {
    placement,
    owner_class: row.code,
    live: live ? 'true' : undefined,
  });
  const columns = useMemo<Column<PremisesRow>[]>(
    () => [
      { id: 'name', header: t('name'), width: 'minmax(160px, 2fr)', render: (one) => format.name(one.name) },
      {
        id: 'station',
        header: t('by.police_station'),
        width: 'minmax(120px, 1fr)',
        render: (one) => format.name(one.jurisdiction.name),
      },
      { id: 'cameras', header: t('cameras'), width: '80px', align: 'end', render: (one) => format.number(one.cameras) },
    ],
    [format, t],
  );
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t('missing_title', { name: format.name(row.name), placement: t(`placement.${placement}`) })}
    >
      <div style={{ height: '60vh' }}>
        {pages.error ? (
          <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
        ) : pages.isPending ? (
          <LoadingRows rows={8} />
        ) : (
          <DataTable
            label={t('premises')}
            columns={columns}
            rows={pages.rows}
            rowId={(one) => one.id}
            onOpen={(one) => void navigate(`/premises/${one.id}`)}
            onMore={pages.more}
            hasMore={pages.hasMore}
          />
        )}
      </div>
    </Modal>
  );
}
