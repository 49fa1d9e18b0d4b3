import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

/** The two halves of the desk: what each day says, and what is decided about it. */
export function DeskTabs({ value }: { value: 'reports' | 'meetings' }) {
  const { t } = useTranslation('reports');
  const navigate = useNavigate();
  return (
    <Tabs value={value} onChange={(next) => next && void navigate(`/${next}`)}>
      <Tabs.List>
        <Tabs.Tab value="reports">{t('title')}</Tabs.Tab>
        <Tabs.Tab value="meetings">{t('meeting.title')}</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
