import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { findLeaks } from '../src/find-leaks.js';
import type { Finding } from '../src/finding.js';
import { HEALTHY, LEAKING, programFile } from './support/programs.js';
import { renameIdentifiers } from './support/rename-identifiers.js';
import { runProgram } from './support/run-program.js';

/** What a ranking says apart from names. */
function rankingOf(findings: readonly Finding[]): object[] {
  return findings
    .filter(({ level }) => level === 'high')
    .map(({ growth, kind, level, path, rule }) => ({
      rule,
      kind,
      level,
      count: growth.count,
      edges: path.length,
    }));
}

describe('programs that leak', () => {
  test.each(LEAKING)('$name: the culprit comes first, whatever things are called', async (program) => {
    const { count, fingerprint, kind, name } = program;
    const file = programFile('leaking', name);
    const findings = await findLeaks(await runProgram(file));
    const [first] = findings;
    expect(first).toMatchObject({ kind, level: 'high', fingerprint });
    expect(Math.abs(first.growth.count - count)).toBeLessThanOrEqual(1);
    expect(first.growth.bytes).toBeGreaterThan(0);
    expect(first.path.at(-1)?.node).toMatchObject({ id: first.id, class: first.class });
    expect(first.location?.scriptName).toContain(`${name}.mjs`);

    const renamed = join(temporaryFolder(), 'renamed.mjs');
    writeFileSync(renamed, renameIdentifiers(readFileSync(file, 'utf8'), Math.random));
    const others = await findLeaks(await runProgram(renamed));
    expect(rankingOf(others)).toEqual(rankingOf(findings));
    expect(others[0].fingerprint.split(' → ').length).toBe(fingerprint.split(' → ').length);
  });
});

describe('programs that are healthy', () => {
  test.each(HEALTHY)('%s: nothing of level high', async (name) => {
    const findings = await findLeaks(await runProgram(programFile('healthy', name)));
    expect(findings.filter(({ level }) => level !== 'low')).toEqual([]);
  });
});
