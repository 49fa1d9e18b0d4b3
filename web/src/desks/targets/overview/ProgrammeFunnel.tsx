import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { ChartFrame, Funnel } from '@/kit/charts';
import { DONE, funnelQuery, premisesAt } from '../queries';

/** Where each step's premises are listed. */
const ROWS: Record<string, Record<string, string>> = {
  listed: {},
  asked: { step: 'asked' },
  consented: { step: 'consented' },
  surveyed: { step: 'surveyed' },
  reachable: { camera_step: 'reachable' },
  linked: { camera_step: 'linked' },
  verified: { camera_step: DONE },
  confirmed: { camera_step: 'owner_confirmed' },
};

export function ProgrammeFunnel({ jurisdiction }: { jurisdiction: string }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const funnel = useQuery(funnelQuery({ jurisdiction }));
  if (funnel.error) return <ErrorState error={funnel.error} onRetry={() => void funnel.refetch()} />;
  if (!funnel.data) return <LoadingRows rows={8} height={16} />;
  const { steps, refused, withdrawn } = funnel.data;
  const losses: Record<string, { label: string; value: number; to: string }[]> = {
    consented: [
      { label: t('refused'), value: refused, to: premisesAt({ step: 'refused', jurisdiction }) },
      { label: t('withdrawn'), value: withdrawn, to: premisesAt({ step: 'withdrawn', jurisdiction }) },
    ],
  };
  const first = steps[0]?.cameras ?? 0;
  const verified = steps.find(({ step }) => step === 'verified')?.cameras ?? 0;
  return (
    <ChartFrame
      title={t('funnel')}
      summary={t('funnel_summary', { listed: format.number(first), verified: format.number(verified) })}
      table={{
        columns: [t('step_column'), t('cameras'), t('median_days')],
        rows: steps.map((one) => [
          t(`step.${one.step}`),
          format.number(one.cameras),
          one.median_days === null ? '–' : format.number(one.median_days, 1),
        ]),
      }}
    >
      <Funnel
        label={t('funnel')}
        steps={steps.map((one) => ({
          id: one.step,
          label: t(`step.${one.step}`),
          value: one.cameras,
          days: one.median_days,
          losses: losses[one.step] ?? [],
          to: premisesAt({ ...ROWS[one.step], jurisdiction }),
        }))}
      />
    </ChartFrame>
  );
}
