import { useState } from 'react';
import { ApiError } from '@/api/client';

/** Writing a row with the version that was seen: refused because somebody was quicker, `present` holds theirs, and
 * sending again goes on top of it. */
export function useSeen<T extends { version: number }>(row: T | null) {
  const [version, setVersion] = useState(row?.version ?? 1);
  const [present, setPresent] = useState<T | null>(null);
  const guarded = async <R>(send: (version: number) => Promise<R>): Promise<R> => {
    try {
      return await send(version);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'changed' && error.present) {
        const now = error.present as T;
        setPresent(now);
        setVersion(now.version);
      }
      throw error;
    }
  };
  return { guarded, present };
}
