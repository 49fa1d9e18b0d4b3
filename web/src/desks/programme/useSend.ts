/** Sending a form: busy meanwhile, what was refused beside its field, nothing typed lost. */
import { useCallback, useState } from 'react';
import { fieldErrors, sentenceOf } from '@/api/client';

export function useSend() {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const send = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      await work();
      return true;
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, errors, failure, send };
}
