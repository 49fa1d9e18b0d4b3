import { Button, Checkbox, Group, Menu, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconColumns, IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { queryString } from '@/api/client';
import type { CameraRow } from '@/api/types';
import type { Column } from '@/kit';
import type { Filters } from '../filters';
import { useViews } from './views';

export function ColumnMenu({ columns }: { columns: Column<CameraRow>[] }) {
  const { t } = useTranslation('registry');
  const { columns: chosen, setColumns } = useViews();
  return (
    <Menu closeOnItemClick={false} position="bottom-end" shadow="none">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconColumns size={14} />}>
          {t('cameras.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Stack gap={8} p={8}>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.header}
              checked={chosen.includes(column.id)}
              disabled={chosen.length === 1 && chosen[0] === column.id}
              onChange={(event) =>
                setColumns(
                  event.currentTarget.checked ? [...chosen, column.id] : chosen.filter((id) => id !== column.id),
                )
              }
            />
          ))}
        </Stack>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What is seen, with the same filters, as a file. */
export function ExportMenu({ filters, sort }: { filters: Filters; sort: string }) {
  const { t } = useTranslation('registry');
  const address = (format: string) => `/api/v1/cameras/export${queryString({ ...filters, sort, format })}`;
  return (
    <Menu position="bottom-end" shadow="none">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
          {t('cameras.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {['xlsx', 'csv', 'geojson'].map((format) => (
          <Menu.Item key={format} component="a" href={address(format)} download>
            {format === 'geojson' ? 'GeoJSON' : format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Filters, sorting and columns kept under a name on this machine. */
export function ViewMenu() {
  const { t } = useTranslation('registry');
  const { views, columns, save, remove, setColumns } = useViews();
  const [search, setSearch] = useSearchParams();
  const [name, setName] = useState('');
  const keep = () => {
    if (!name.trim()) return;
    save({ name: name.trim(), search: search.toString(), columns });
    setName('');
  };
  return (
    <Menu position="bottom-end" width={260} shadow="none">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBookmark size={14} />}>
          {t('cameras.views')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.length === 0 && <Menu.Label>{t('cameras.no_views')}</Menu.Label>}
        {views.map((view) => (
          <Group key={view.name} gap={0} wrap="nowrap">
            <Menu.Item
              onClick={() => {
                setSearch(new URLSearchParams(view.search));
                setColumns(view.columns);
              }}
            >
              {view.name}
            </Menu.Item>
            <Menu.Item
              w={36}
              closeMenuOnClick={false}
              aria-label={t('cameras.remove_view', { name: view.name })}
              onClick={() => remove(view.name)}
            >
              <IconTrash size={14} />
            </Menu.Item>
          </Group>
        ))}
        <Menu.Divider />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
        >
          <Group gap={6} p={6} wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              placeholder={t('cameras.view_name')}
              aria-label={t('cameras.view_name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => event.stopPropagation()}
            />
            <Button size="xs" type="submit">
              {t('cameras.keep_view')}
            </Button>
          </Group>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
