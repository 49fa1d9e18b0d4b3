import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit';
import type { ShiftItem } from './types';
import classes from './shifts.module.css';

/** What is open at a post: each leads to itself. */
export function ItemList({ items, most = 50 }: { items: ShiftItem[]; most?: number }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  if (items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('items.none')}
      </Text>
    );
  return (
    <ul className={classes.items}>
      {items.slice(0, most).map((one) => (
        <li key={`${one.kind}${one.id}`}>
          <span className={classes.kind}>{t(`items.kind.${one.kind}`, { defaultValue: one.kind })}</span>
          <Link to={one.to}>{format.name(one.title)}</Link>
          <span className={classes.faint}>{format.when(one.since_ms)}</span>
        </li>
      ))}
      {items.length > most && (
        <li className={classes.faint}>{t('items.more', { number: format.number(items.length - most) })}</li>
      )}
    </ul>
  );
}
