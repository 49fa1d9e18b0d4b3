import { api } from '@/api/client';
import { cameraBody, consentBody, orderBody, premisesBody, type Draft } from './draft';

/**
 * Premises, order, camera, consent, one after the other. Each part that is made is told through `onMade`, so that a
 * save that broke off goes on where it stopped instead of making things twice. Answers with the camera's id.
 */
export async function saveCamera(
  draft: Draft,
  isPublic: boolean,
  onMade: (made: Partial<Draft['made']>) => void,
): Promise<string> {
  const { made } = draft;
  let premisesId = draft.premisesMode === 'existing' ? draft.premisesId : made.premisesId;
  if (!premisesId) {
    premisesId = (await api.post<{ id: string }>('/premises', premisesBody(draft))).id;
    onMade({ premisesId });
  }
  let orderId = '';
  if (isPublic) {
    orderId = draft.orderMode === 'existing' ? draft.orderId : made.orderId;
    if (!orderId) {
      orderId = (await api.post<{ id: string }>('/orders', orderBody(draft))).id;
      onMade({ orderId });
    }
  }
  let { cameraId } = made;
  if (!cameraId) {
    cameraId = (await api.post<{ id: string }>('/cameras', cameraBody(draft, premisesId, orderId))).id;
    onMade({ cameraId });
  }
  if (!isPublic && !made.consented) {
    await api.post(`/cameras/${cameraId}/consents`, consentBody(draft));
    onMade({ consented: true });
  }
  return cameraId;
}
