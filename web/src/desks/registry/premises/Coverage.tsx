import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PLACEMENTS } from '@/api/types';
import classes from './Coverage.module.css';

/** Which of entry, exit, road side and public area a camera looks at. */
export function Coverage({ coverage }: { coverage: Record<string, boolean | number> | null | undefined }) {
  const { t } = useTranslation('registry');
  return (
    <span className={classes.all}>
      {PLACEMENTS.filter((placement) => placement !== 'other').map((placement) => {
        const covered = Boolean(coverage?.[placement]);
        const Mark = covered ? IconCircleCheck : IconCircleDashed;
        return (
          <span
            key={placement}
            className={classes.one}
            data-covered={covered}
            title={t(covered ? 'premises.covered' : 'premises.uncovered')}
          >
            <Mark size={14} stroke={1.8} aria-label={t(covered ? 'premises.covered' : 'premises.uncovered')} />
            {t(`placement.${placement}`)}
          </span>
        );
      })}
    </span>
  );
}
