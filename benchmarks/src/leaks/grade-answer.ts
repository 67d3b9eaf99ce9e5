import type { LeakingProgram } from './leaking-programs.js';

/** Whether an answer names what holds the leak, only what leaks, or neither; `nothing` where it is empty. */
export type Grade = 'culprit' | 'what leaks' | 'neither' | 'nothing';

/** Texts come with everything that piles up. */
const TEXTS = /string\)$/;

export function gradeAnswer(text: string, { culprit, leaked }: LeakingProgram): Grade {
  if (text === '') return 'nothing';
  if (culprit.test(text)) return 'culprit';
  return leaked.test(text) || TEXTS.test(text) ? 'what leaks' : 'neither';
}
