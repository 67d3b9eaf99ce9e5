import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeapAnalysis } from '@heapstream/dominators';
import { expect } from 'vitest';
import { temporaryFolder } from '../../../core/test/support/temporary-folder.js';
import { findLeaks } from '../../src/find-leaks.js';
import type { Finding } from '../../src/finding.js';
import { type LeakingProgram, programFile } from './programs.js';
import { renameIdentifiers } from './rename-identifiers.js';

/** Runs rounds of the program in a file, and analyses a snapshot after each. */
type Run = (file: string) => Promise<HeapAnalysis[]>;

/** The culprit comes first, whatever things are called. */
export async function expectCulprit(program: LeakingProgram, run: Run): Promise<void> {
  const { count, file: _, ...expected } = program;
  const { fingerprint } = program;
  const file = programFile(program.file);
  const findings = await findLeaks(await run(file));
  note(program.file, findings, fingerprint);
  const [first] = findings;
  expect(first).toMatchObject({ ...expected, level: 'high' });
  expect(Math.abs(first.growth.count - count)).toBeLessThanOrEqual(1);
  expect(first.growth.bytes).toBeGreaterThan(0);
  expect(first.path.at(-1)?.node).toMatchObject({ id: first.id, class: first.class });
  expect(first.location?.scriptName).toMatch(/^(?:file:.*\/programs\/leaking\/|data:text\/html)/);

  const renamed = join(temporaryFolder(), 'renamed.mjs');
  writeFileSync(renamed, renameIdentifiers(readFileSync(file, 'utf8'), Math.random));
  const others = await findLeaks(await run(renamed));
  expect(rankingOf(others)).toEqual(rankingOf(findings));
  expect(others[0].fingerprint.split(' → ').length).toBe(fingerprint.split(' → ').length);
}

/** Nothing is said that asks for a look. */
export async function expectNothing(program: string, run: Run): Promise<void> {
  const findings = await findLeaks(await run(programFile(program)));
  note(program, findings, undefined);
  expect(findings.filter(({ level }) => level !== 'low')).toEqual([]);
}

/** What a ranking says apart from names. */
function rankingOf(findings: readonly Finding[]): object[] {
  return findings
    .filter(({ level }) => level === 'high')
    .map(({ growth, kind, level, path, rule }) => ({
      rule,
      kind,
      level,
      count: Math.round(growth.count),
      edges: path.length,
    }));
}

/** For `scripts/check-leak-programs.mjs`, which compares versions of Node: a line of JSON a program. */
function note(program: string, findings: readonly Finding[], expected: string | undefined): void {
  const file = process.env.LEAKS_RESULTS;
  if (file === undefined) return;
  const found = findings.map(({ fingerprint, level }) => ({ level, fingerprint }));
  appendFileSync(file, `${JSON.stringify({ program, expected, found })}\n`);
}
