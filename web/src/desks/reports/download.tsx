import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queryString } from '@/api/client';

interface Paper {
  label: string;
  path: string;
  query: Record<string, string | number>;
}

/** Papers to take along; each is made by the server from what it has kept. */
export function Downloads({ papers }: { papers: Paper[] }) {
  const { t } = useTranslation('reports');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
          {t('download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {papers.map((paper) => (
          <Menu.Item key={paper.label} component="a" href={`/api/v1${paper.path}${queryString(paper.query)}`} download>
            {paper.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
