import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import { newId } from '@/kit';
import type { Place } from './PlaceFields';
import { incidentQuery } from './queries';
import type { Incident } from './types';

/** What is typed on the form. `key`: sent twice, opened once. */
export interface Draft extends Place {
  key: string;
  kind: string;
  severity: string;
  title: string;
  description: string;
  channel: string;
  reporter_name: string;
  reporter_phone: string;
  agency: string;
  agencies: string[];
}

export const emptyDraft = (): Draft => ({
  key: newId(),
  kind: '',
  severity: '',
  title: '',
  description: '',
  point: null,
  address: '',
  jurisdiction: '',
  channel: 'call',
  reporter_name: '',
  reporter_phone: '',
  agency: '',
  agencies: [],
});

/** Sends the form to `path` and leads on to what was opened. */
export function useOpening(path = '/incidents') {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const open = async (body: Record<string, unknown>) => {
    setSending(true);
    setFailure(null);
    try {
      const made = await api.post<Incident>(path, body);
      client.setQueryData(incidentQuery(made.id).queryKey, made);
      void navigate(`/incidents/${made.id}`, { replace: true });
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    } finally {
      setSending(false);
    }
  };
  return { open, failure, sending };
}
