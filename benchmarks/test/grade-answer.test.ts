import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gradeAnswer } from '../src/leaks/grade-answer.js';
import { LEAKING_PROGRAMS } from '../src/leaks/leaking-programs.js';

const [array] = LEAKING_PROGRAMS;

test.each([
  ['', 'nothing'],
  ['array: trail → AuditTrail.entries → Array', 'culprit'],
  ['AuditTrail, entries → Array, 1 → Date', 'culprit'],
  ['Date', 'what leaks'],
  ['(string)', 'what leaks'],
  ['(compiled code)', 'neither'],
])('%s: %s', (text, grade) => {
  expect(gradeAnswer(text, array)).toBe(grade);
});

test('every program that leaks is among those that are asked about', () => {
  const folder = new URL('../../packages/leaks/test/programs/leaking/', import.meta.url);
  const files = readdirSync(folder).map((file) => file.replace('.mjs', ''));
  const named = LEAKING_PROGRAMS.filter((program) => program.files === undefined).map(({ name }) => name);
  expect(named.sort()).toEqual(files.sort());
});
