import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PremisesRow } from '@/api/types';
import classes from './Coverage.module.css';

/** What premises are asked to cover. */
const ASKED = ['entry', 'exit', 'road_side', 'public_area'] as const;

/** Which of entry, exit, road side and public area a camera looks at. */
export function Coverage({ coverage }: { coverage: PremisesRow['coverage'] }) {
  const { t } = useTranslation('registry');
  return (
    <span className={classes.all}>
      {ASKED.map((placement) => {
        const covered = coverage[placement];
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
