/** The console's one token broker: every player and download of this window asks here. */

import { api, asksWithKey } from '@/api/client';
import { TokenBroker, type TokenAnswer } from './tokens';

export const mediaTokens = new TokenBroker((cameraIds, uses) =>
  api.post<TokenAnswer>(asksWithKey() ? '/screen/media-tokens' : '/media-tokens', { camera_ids: cameraIds, uses }),
);
