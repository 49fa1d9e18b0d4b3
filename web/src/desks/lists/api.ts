/** Reads and writes of the lists desk. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { ApiError, api, csrfToken } from '@/api/client';
import type { ApiErrorBody } from '@/api/types';
import { useFormat } from '@/kit';
import type { Lexicon, ListDetail, ListState } from './types';

const WORKING: ListState[] = ['read', 'committing'];
export const isWorking = (state: ListState | undefined) => state !== undefined && WORKING.includes(state);

/** Asked again twice a second while the centre is at work on it. */
export const listQuery = (id: string) =>
  queryOptions({
    queryKey: ['list', id],
    queryFn: () => api.get<ListDetail>(`/lists/${id}`),
    refetchInterval: (query) => (isWorking(query.state.data?.state) ? 500 : false),
  });

/** Sends a file; progress from 0 to 1 as it goes over the network. */
export function upload(file: File, sender: string, onProgress: (share: number) => void): Promise<ListDetail> {
  const form = new FormData();
  form.append('file', file);
  form.append('sender', sender);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/lists');
    request.setRequestHeader('X-CSRFToken', csrfToken());
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 201) {
        resolve(request.response as ListDetail);
        return;
      }
      const told = request.response as Partial<ApiErrorBody> | null;
      reject(refused(request.status, told));
    };
    request.onerror = () => reject(refused(0, null));
    request.send(form);
  });
}

const UNREACHABLE = { en: 'The centre does not answer. Try again.', hi: 'केंद्र उत्तर नहीं दे रहा। फिर से प्रयास करें।' };

function refused(status: number, told: Partial<ApiErrorBody> | null): ApiError {
  const field = Object.values(told?.fields ?? {})[0];
  return new ApiError(status, told?.code ?? 'upload', field ?? told?.message ?? UNREACHABLE);
}

/** Entries of a list of the register, to choose from. */
export function useOptions(lexicon: Lexicon): { value: string; label: string }[] {
  const format = useFormat();
  const isPlace = lexicon === 'police_station' || lexicon === 'police_post' || lexicon === 'ward';
  const places = useQuery({ ...jurisdictionsQuery(isPlace ? lexicon : 'state'), enabled: isPlace });
  const coded = useQuery({
    ...codedQuery(lexicon === 'department' ? 'departments' : 'owner-classes'),
    enabled: !isPlace,
  });
  return isPlace
    ? (places.data ?? []).map((one) => ({ value: one.path, label: format.name(one.name) }))
    : (coded.data ?? []).map((one) => ({ value: one.code, label: format.name(one.name) }));
}
