/** An answer that is being written: with the version that its writer saw, so that nobody's is written over unseen. */
import type { Report, ReportState } from './types';

export interface AnswerDraft {
  state: ReportState;
  answer: string;
  version: number;
}

export const draftOf = ({ state, answer, version }: Report): AnswerDraft => ({ state, answer, version });

/** What stands on the form: as the report is now, until somebody writes; from then on what they wrote. */
export const onForm = (report: Report, typed: AnswerDraft, dirty: boolean): AnswerDraft =>
  dirty ? typed : draftOf(report);

/** The first letter keeps the version that was read; later ones do not move it. */
export const typedInto = (
  report: Report,
  dirty: boolean,
  part: Partial<Pick<AnswerDraft, 'state' | 'answer'>>,
): Partial<AnswerDraft> => (dirty ? part : { ...draftOf(report), ...part });

export const changesNothing = (report: Report, form: AnswerDraft): boolean =>
  form.state === report.state && form.answer.trim() === report.answer;
