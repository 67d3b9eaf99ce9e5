import { describe, test } from 'vitest';
import { expectCulprit, expectNothing } from './support/check-program.js';
import { HEALTHY, LEAKING } from './support/programs.js';
import { runProgram } from './support/run-program.js';

/** A program is run twice, by a process of its own each time: on a busy machine that takes a while. */
const PROGRAM_TIMEOUT = 180_000;

describe('programs that leak', () => {
  test.each(LEAKING)(
    '$file: the culprit comes first, whatever things are called',
    async (program) => {
      await expectCulprit(program, runProgram);
    },
    PROGRAM_TIMEOUT,
  );
});

describe('programs that are healthy', () => {
  test.each(HEALTHY)(
    '%s: nothing that asks for a look',
    async (program) => {
      await expectNothing(program, runProgram);
    },
    PROGRAM_TIMEOUT,
  );
});
