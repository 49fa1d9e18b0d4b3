import { Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import classes from './Page.module.css';

interface Props {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  padded?: boolean;
  children: ReactNode;
}

/** A desk's page: heading with its actions, and a body that scrolls. */
export function Page({ title, note, actions, padded = false, children }: Props) {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Prahari`;
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <section className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h1 className={classes.title}>{title}</h1>
          {note && (
            <Text size="xs" c="dimmed" component="div">
              {note}
            </Text>
          )}
        </div>
        {actions}
      </header>
      <div className={classes.body} data-padded={padded || undefined}>
        {children}
      </div>
    </section>
  );
}
