import { Button, Menu, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { Page, useFormat } from '@/kit';
import classes from './targets.module.css';

const PARTS = ['overview', 'league', 'wards', 'placements'] as const;

interface Props {
  as_of_ms?: number | undefined;
  /** Path of the endpoint that makes the file, with its query. */
  file?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

/** The pages of targets under one heading; what is seen can be taken along. */
export function Frame({ as_of_ms, file, actions, children }: Props) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const navigate = useNavigate();
  const part = useLocation().pathname.split('/')[2] ?? PARTS[0];
  const address = (kind: 'xlsx' | 'csv') =>
    `/api/v1${file}${file?.includes('?') ? '&' : '?'}format=${kind}&language=${format.language}`;
  return (
    <Page
      title={t('title')}
      note={as_of_ms === undefined ? t('only_live') : t('as_of', { time: format.when(as_of_ms) })}
      actions={
        <>
          {actions}
          {file && (
            <Menu position="bottom-end" shadow="none">
              <Menu.Target>
                <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
                  {t('export')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={address('xlsx')} download>
                  XLSX
                </Menu.Item>
                <Menu.Item component="a" href={address('csv')} download>
                  CSV
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
    >
      <div className={classes.frame}>
        <Tabs value={part} onChange={(next) => void navigate(next === PARTS[0] ? '/targets' : `/targets/${next}`)}>
          <Tabs.List className={classes.tabs} aria-label={t('title')}>
            {PARTS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`part.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <div className={classes.content}>{children}</div>
      </div>
    </Page>
  );
}
