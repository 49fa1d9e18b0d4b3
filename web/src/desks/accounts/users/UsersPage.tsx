import { Button, Drawer } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, useShortcut, type Column } from '@/kit';
import { NewUser } from './NewUser';
import type { User } from '@/api/types';
import { UserPanel } from './UserPanel';

/** People of the reader's jurisdiction and what they may do. */
export function Component() {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const navigate = useNavigate();
  const { id } = useParams();
  const [adding, setAdding] = useState(false);
  const pages = usePages<User>('users', '/users', {});
  useShortcut('n', t('users.add'), () => setAdding(true));
  const columns = useMemo<Column<User>[]>(
    () => [
      { id: 'name', header: t('users.name'), width: 'minmax(180px, 1.5fr)', render: (user) => user.name },
      { id: 'username', header: t('sign_in.username'), width: 'minmax(140px, 1fr)', render: (user) => user.username },
      {
        id: 'roles',
        header: t('users.roles'),
        width: 'minmax(260px, 2.5fr)',
        render: (user) =>
          user.grants
            .map((grant) => `${format.name(grant.role.name)} (${format.name(grant.jurisdiction.name)})`)
            .join(', ') || '–',
      },
      {
        id: 'second',
        header: t('account.second_factor'),
        width: '140px',
        render: (user) => t(user.has_second_factor ? 'users.yes' : 'users.no'),
      },
      {
        id: 'state',
        header: t('users.state'),
        width: '150px',
        render: (user) =>
          t(user.locked ? 'users.locked' : user.must_change_password ? 'users.new_password' : 'users.active'),
      },
      {
        id: 'last',
        header: t('users.last_sign_in'),
        width: '190px',
        render: (user) => (user.last_login_ms === null ? t('users.never') : format.when(user.last_login_ms)),
      },
    ],
    [format, t],
  );
  return (
    <Page
      title={t('users.title')}
      note={
        pages.as_of_ms !== undefined && t('users.count', { count: pages.total, number: format.number(pages.total) })
      }
      actions={
        <Button size="xs" leftSection={<IconUserPlus size={14} />} onClick={() => setAdding(true)}>
          {t('users.add')}
        </Button>
      }
    >
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingRows rows={10} height={22} />
      ) : (
        <DataTable
          label={t('users.title')}
          columns={columns}
          rows={pages.rows}
          rowId={(user) => user.id}
          onOpen={(user) => void navigate(`/users/${user.id}`)}
          onMore={pages.more}
          hasMore={pages.hasMore}
          empty={<EmptyState icon={IconUsers} title={t('users.none')} />}
        />
      )}
      <Drawer
        opened={id !== undefined}
        onClose={() => void navigate('/users')}
        position="right"
        size="md"
        title={t('users.one')}
      >
        {id && <UserPanel key={id} userId={id} />}
      </Drawer>
      {adding && <NewUser onClose={() => setAdding(false)} onMade={(user) => void navigate(`/users/${user.id}`)} />}
    </Page>
  );
}
