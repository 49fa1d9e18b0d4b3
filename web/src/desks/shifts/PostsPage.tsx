import { Button, Group } from '@mantine/core';
import { IconArmchair, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { Frame } from './Frame';
import { PatternForm } from './PatternForm';
import { PostForm } from './PostForm';
import { patternsQuery, postsQuery } from './queries';
import type { Pattern, Post } from './types';
import classes from './shifts.module.css';

/** Posts of the control room with what must be watched from each, and patterns of shifts. */
export function Component() {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const posts = useQuery(postsQuery);
  const patterns = useQuery(patternsQuery);
  const [post, setPost] = useState<Post | 'new' | null>(null);
  const [pattern, setPattern] = useState<Pattern | 'new' | null>(null);
  const error = posts.error ?? patterns.error;
  return (
    <Frame
      actions={
        <Group gap="xs">
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setPattern('new')}>
            {t('posts.add_pattern')}
          </Button>
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setPost('new')}>
            {t('posts.add')}
          </Button>
        </Group>
      }
    >
      {error && !posts.data ? (
        <ErrorState error={error} onRetry={() => void Promise.all([posts.refetch(), patterns.refetch()])} />
      ) : !posts.data || !patterns.data ? (
        <LoadingRows rows={6} height={60} />
      ) : (
        <>
          <h2 className={classes.heading}>{t('parts.posts')}</h2>
          {posts.data.length === 0 ? (
            <EmptyState icon={IconArmchair} title={t('board.none')} hint={t('board.none_hint')} />
          ) : (
            <ul className={classes.cards}>
              {posts.data.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    className={classes.postCard}
                    data-off={!one.active || undefined}
                    onClick={() => setPost(one)}
                  >
                    <b>{format.name(one.name)}</b>
                    <span className={classes.faint}>
                      {one.code}
                      {one.role && ` · ${format.name(one.role.name)}`}
                      {!one.active && ` · ${t('posts.off')}`}
                    </span>
                    <span>
                      {one.watch_area
                        ? t('posts.watch_area', { number: format.number(one.cameras.length) })
                        : t('posts.watch', { count: one.cameras.length, number: format.number(one.cameras.length) })}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <h2 className={classes.heading}>{t('posts.patterns')}</h2>
          {patterns.data.length === 0 ? (
            <p className={classes.faint}>{t('posts.no_patterns')}</p>
          ) : (
            <ul className={classes.cards}>
              {patterns.data.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    className={classes.postCard}
                    data-off={!one.active || undefined}
                    onClick={() => setPattern(one)}
                  >
                    <b>{format.name(one.name)}</b>
                    <span className={classes.faint}>
                      {one.turns.map((turn) => `${format.name(turn.name)} ${turn.start}`).join(' · ')}
                    </span>
                    <span className={classes.cycle} aria-label={t('posts.cycle')}>
                      {one.cycle.map((which, day) => (
                        <i key={day} data-free={which === null || undefined}>
                          {which === null ? '–' : format.name(one.turns[which]?.name).slice(0, 2)}
                        </i>
                      ))}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {post && <PostForm post={post === 'new' ? null : post} onClose={() => setPost(null)} />}
      {pattern && <PatternForm pattern={pattern === 'new' ? null : pattern} onClose={() => setPattern(null)} />}
    </Frame>
  );
}
