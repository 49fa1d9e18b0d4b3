import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';

const MINUTES = [1, 5, 15, 30, 60, 240];

/** For how long something stands there; "": until somebody takes it away. */
export function Lasting({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  return (
    <Select
      allowDeselect={false}
      label={t('push.lasting')}
      data={[
        { value: '', label: t('push.until_taken') },
        ...MINUTES.map((one) => ({ value: String(one * 60), label: format.length(one * 60_000) })),
      ]}
      value={value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

export const secondsOf = (value: string): number | null => (value ? Number(value) : null);
