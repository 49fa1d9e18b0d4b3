import { Alert, Select, Switch, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { codedQuery, useCan } from '@/api/queries';
import type { Name } from '@/api/types';
import { AreaSelect } from '@/desks/programme/parts/AreaSelect';
import { FormModal } from '@/desks/works/FormModal';
import { BilingualInput, useFormat } from '@/kit';
import { CameraChoice } from './CameraChoice';
import { SHIFTS } from './queries';
import type { Post } from './types';
import { useSeen } from './useSeen';

/** A post: where it belongs, who may sit there, what must be watched from it. */
export function PostForm({ post, onClose }: { post: Post | null; onClose: () => void }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const client = useQueryClient();
  const { guarded, present } = useSeen(post);
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const readsRoles = useCan('user.manage');
  const roles = useQuery({ ...codedQuery('roles'), enabled: readsRoles }).data ?? [];
  const [code, setCode] = useState('');
  const [name, setName] = useState<Name>(post?.name ?? { en: '', hi: '' });
  const [area, setArea] = useState<string | null>(post?.jurisdiction ?? null);
  const [agency, setAgency] = useState<string | null>(post?.agency ?? null);
  const [role, setRole] = useState<string | null>(post?.role?.code ?? null);
  const [watchArea, setWatchArea] = useState<string | null>(post?.watch_area || null);
  const [cameras, setCameras] = useState(post?.cameras.map((one) => one.id) ?? []);
  const [active, setActive] = useState(post?.active ?? true);
  const known = [...roles.map((one) => ({ value: one.code, label: format.name(one.name) }))];
  if (post?.role && !known.some((one) => one.value === post.role?.code))
    known.push({ value: post.role.code, label: format.name(post.role.name) });
  return (
    <FormModal
      askWhy
      title={post ? format.name(post.name) : t('posts.add')}
      submit={t('entry.save')}
      busy={!name.en.trim() || !name.hi.trim() || area === null || !agency || (!post && !code)}
      onClose={onClose}
      onSend={async (reason) => {
        const body = { name, jurisdiction: area, agency, role, watch_area: watchArea ?? '', cameras, reason };
        if (post) await guarded((version) => api.put(`/shift-posts/${post.id}`, { ...body, active, version }));
        else await api.post('/shift-posts', { ...body, code });
        await client.invalidateQueries({ queryKey: SHIFTS });
      }}
    >
      {(errors) => (
        <>
          {present && (
            <Alert color="yellow" variant="outline" p="xs">
              {t('posts.present', { name: format.name(present.name), number: format.number(present.cameras.length) })}
            </Alert>
          )}
          {!post && (
            <TextInput
              required
              label={t('posts.code')}
              description={t('posts.code_hint')}
              value={code}
              error={errors.code}
              onChange={(event) => setCode(event.currentTarget.value.toLowerCase())}
            />
          )}
          <BilingualInput
            required
            label={t('posts.name')}
            value={name}
            error={errors['name.en'] ?? errors['name.hi']}
            onChange={setName}
          />
          <AreaSelect required label={t('posts.area')} value={area} error={errors.jurisdiction} onChange={setArea} />
          <Select
            required
            label={t('posts.agency')}
            data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={agency}
            error={errors.agency}
            onChange={setAgency}
          />
          <Select
            clearable
            label={t('posts.role')}
            description={t('posts.role_hint')}
            disabled={known.length === 0}
            data={known}
            value={role}
            error={errors.role}
            onChange={setRole}
          />
          <AreaSelect
            clearable
            label={t('posts.watched_area')}
            description={t('posts.watched_area_hint')}
            value={watchArea}
            error={errors.watch_area}
            onChange={setWatchArea}
          />
          <CameraChoice
            label={t('posts.cameras')}
            description={t('posts.cameras_hint')}
            chosen={post?.cameras}
            value={cameras}
            error={errors.cameras}
            onChange={setCameras}
          />
          {post && (
            <Switch
              label={t('posts.active')}
              checked={active}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
          )}
        </>
      )}
    </FormModal>
  );
}
