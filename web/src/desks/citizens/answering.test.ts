import { describe, expect, it } from 'vitest';
import { changesNothing, draftOf, onForm, typedInto } from './answering';
import type { Report } from './types';

const report = { state: 'received', answer: '', version: 1 } as Report;
const answered = { state: 'done', answer: 'The lamp works.', version: 2 } as Report;

describe('an answer that is being written', () => {
  it('follows the report until somebody writes', () => {
    expect(onForm(answered, draftOf(report), false)).toEqual({ state: 'done', answer: 'The lamp works.', version: 2 });
  });

  it('keeps what was typed, and the version that was read, when another answers meanwhile', () => {
    const typed = { ...draftOf(report), ...typedInto(report, false, { answer: 'A team goes there.' }) };
    const more = { ...typed, ...typedInto(answered, true, { state: 'in_hand' }) };
    expect(onForm(answered, more, true)).toEqual({ state: 'in_hand', answer: 'A team goes there.', version: 1 });
  });

  it('starts from what the citizen reads now', () => {
    expect(typedInto(answered, false, { state: 'in_hand' })).toEqual({
      state: 'in_hand',
      answer: 'The lamp works.',
      version: 2,
    });
  });

  it('is nothing new when only blanks were added', () => {
    expect(changesNothing(answered, { state: 'done', answer: 'The lamp works. ', version: 2 })).toBe(true);
    expect(changesNothing(answered, { state: 'in_hand', answer: 'The lamp works.', version: 2 })).toBe(false);
  });
});
