import { test } from 'vitest';
import { expectCulprit, expectNothing } from './support/check-program.js';
import { HEALTHY_PAGES, LEAKING_PAGES } from './support/programs.js';
import { runPage } from './support/run-page.js';

const BROWSER_TIMEOUT = 180_000;

test.each(LEAKING_PAGES)(
  '$file: the culprit comes first, whatever things are called',
  (program) => expectCulprit(program, runPage),
  BROWSER_TIMEOUT,
);

test.each(HEALTHY_PAGES)(
  '%s: nothing that asks for a look',
  (program) => expectNothing(program, runPage),
  BROWSER_TIMEOUT,
);
