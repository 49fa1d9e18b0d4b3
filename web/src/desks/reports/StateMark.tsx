import { IconCircleCheck, IconCircleDashed, IconClockExclamation, IconFileText, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './reports.module.css';
import type { Decision, MeetingItem, ReportState } from './types';

const LOOKS: Record<string, { icon: Icon; tone: string }> = {
  made: { icon: IconFileText, tone: 'plain' },
  signed: { icon: IconCircleCheck, tone: 'good' },
  late: { icon: IconClockExclamation, tone: 'bad' },
  missing: { icon: IconCircleDashed, tone: 'bad' },
  open: { icon: IconCircleDashed, tone: 'plain' },
  done: { icon: IconCircleCheck, tone: 'good' },
  planned: { icon: IconCircleDashed, tone: 'plain' },
  begun: { icon: IconFileText, tone: 'now' },
  ended: { icon: IconFileText, tone: 'plain' },
  cancelled: { icon: IconCircleDashed, tone: 'muted' },
};

interface Props {
  state: ReportState | Decision['state'] | MeetingItem['state'];
  /** Group of texts: "state", "meeting.state", "decision.state". */
  words: string;
}

/** A state as shape, colour and word. */
export function StateMark({ state, words }: Props) {
  const { t } = useTranslation('reports');
  const look = LOOKS[state] ?? { icon: IconFileText, tone: 'plain' };
  const Shape = look.icon;
  return (
    <span className={classes.state} data-tone={look.tone}>
      <Shape size={15} aria-hidden />
      {t(`${words}.${state}`)}
    </span>
  );
}
