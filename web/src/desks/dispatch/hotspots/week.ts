import { useMemo } from 'react';
import { useFormat } from '@/kit';

const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Names of the week's days from Monday, and hours of the day, as the reader says them. */
export function useWeek(): { days: string[]; hour: (hour: number) => string } {
  const format = useFormat();
  return useMemo(() => {
    const names = new Intl.DateTimeFormat(format.language === 'hi' ? 'hi-IN' : 'en-IN', {
      weekday: 'short',
      timeZone: 'UTC',
    });
    return {
      days: Array.from({ length: 7 }, (_, day) => names.format(MONDAY_MS + day * DAY_MS)),
      hour: (hour: number) => `${format.number(hour).padStart(2, format.number(0))}:${format.number(0).repeat(2)}`,
    };
  }, [format]);
}
