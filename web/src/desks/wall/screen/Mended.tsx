import { Component, type ReactNode } from 'react';
import { i18next } from '@/i18n';
import classes from './screen.module.css';

const AFTER_MS = 15_000;

/** Nobody is there to press a button: what broke is loaded anew. */
export class Mended extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  private timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(): void {
    this.timer = setTimeout(() => location.reload(), AFTER_MS);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }

  override render() {
    return this.state.broken ? (
      <p className={classes.broken}>{i18next.t('wall:screen.broken')}</p>
    ) : (
      this.props.children
    );
  }
}
