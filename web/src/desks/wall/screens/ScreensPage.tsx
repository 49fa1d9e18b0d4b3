import { Button, Group } from '@mantine/core';
import { IconDeviceTv, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import { screensQuery } from './queries';
import { SalvoMenu } from './SalvoMenu';
import { ScreenCard } from './ScreenCard';
import { ScreenForm } from './ScreenForm';
import classes from './screens.module.css';

/** The screens of the wall: what each shows just now, who put it there, and whether its kiosk answers. */
export function Component() {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(screensQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('screens.title')}
      note={data && t('screens.as_of', { time: format.when(data.as_of_ms) })}
      actions={
        <Group gap="xs">
          {data && data.items.length > 0 && <SalvoMenu screens={data.items} />}
          {data?.may_set_up && (
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
              {t('screens.add')}
            </Button>
          )}
        </Group>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={4} height={120} />
      ) : data.items.length === 0 ? (
        <EmptyState icon={IconDeviceTv} title={t('screens.none')} hint={t('screens.none_hint')} />
      ) : (
        <div className={classes.cards}>
          {data.items.map((screen) => (
            <ScreenCard key={screen.id} screen={screen} maySetUp={data.may_set_up} pages={data.pages} />
          ))}
        </div>
      )}
      {adding && (
        <ScreenForm
          onClose={() => setAdding(false)}
          onDone={() => void client.invalidateQueries({ queryKey: screensQuery.queryKey })}
        />
      )}
    </Page>
  );
}
