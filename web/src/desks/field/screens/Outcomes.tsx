import { UnstyledButton } from '@mantine/core';
import {
  IconBuildingOff,
  IconCalendarRepeat,
  IconCalendarStar,
  IconCamera,
  IconCheck,
  IconDoorOff,
  IconHandOff,
  IconMessage,
  IconWritingSign,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../field.module.css';
import type { Outcome } from '../types';

const ICONS: Record<Outcome, typeof IconCheck> = {
  asked: IconMessage,
  consented: IconWritingSign,
  refused: IconHandOff,
  promised: IconCalendarStar,
  installed: IconCheck,
  surveyed: IconCamera,
  come_again: IconCalendarRepeat,
  closed: IconDoorOff,
  not_found: IconBuildingOff,
};

/** What came of the visit, a tap each. */
export function Outcomes({ of, onPick }: { of: Outcome[]; onPick: (outcome: Outcome) => void }) {
  const { t } = useTranslation('field');
  return (
    <div className={classes.outcomes}>
      {of.map((outcome) => {
        const Icon = ICONS[outcome];
        const main = outcome === 'consented' || outcome === 'surveyed';
        return (
          <UnstyledButton
            key={outcome}
            className={classes.outcome}
            data-main={main || undefined}
            data-outcome={outcome}
            onClick={() => onPick(outcome)}
          >
            <Icon size={22} stroke={1.6} aria-hidden />
            {t(`outcome.${outcome}`)}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
