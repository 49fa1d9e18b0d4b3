import type { Incident } from '../types';
import { AddAgency, Answer, Assign, Handover } from './around';
import { Edit } from './Edit';
import { Close, Reopen, Resolve } from './life';
import { Merge, Split, Unmerge } from './merging';

export type DialogName =
  | 'resolve' | 'close' | 'reopen' | 'edit' | 'assign' | 'add_agency' | 'handover' | 'answer' | 'merge' | 'split'
  | 'unmerge'; // prettier-ignore

export interface DialogProps {
  incident: Incident;
  onClose: () => void;
}

const DIALOGS = {
  resolve: Resolve,
  close: Close,
  reopen: Reopen,
  edit: Edit,
  assign: Assign,
  add_agency: AddAgency,
  handover: Handover,
  answer: Answer,
  merge: Merge,
  split: Split,
};

export function Dialogs({ name, merge, ...props }: DialogProps & { name: DialogName; merge?: string }) {
  if (name === 'unmerge') return <Unmerge {...props} merge={merge ?? ''} />;
  const Dialog = DIALOGS[name];
  return <Dialog {...props} />;
}
