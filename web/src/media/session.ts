/** The console's one token broker: every player and download of this window asks here. */

import { api } from '@/api/client';
import { TokenBroker, type MediaToken } from './tokens';

export const mediaTokens = new TokenBroker(async (cameraIds, uses) => {
  const answer = await api.post<{ items: MediaToken[] }>('/media-tokens', { camera_ids: cameraIds, uses });
  return answer.items;
});
