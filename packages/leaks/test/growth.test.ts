import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { OperationAbortedError } from '@heapstream/core';
import {
  assertNoGrowth,
  BaselineError,
  findGrowth,
  type GrowthOptions,
  growthMatchers,
  HeapGrowthError,
  ScenarioFailedError,
} from '@heapstream/leaks';
import { describe, expect, test, vi } from 'vitest';
import { runNode } from '../../core/test/support/run-node.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { programFile } from './support/programs.js';

/*
 * The built package, not its sources: processes and workers load what users install.
 */

const LEAK = programFile('leaking/promise.mjs');
const HEALTHY = programFile('healthy/queue.mjs');
const FINGERPRINT = 'promise: backend → Backend.pendingReplies → Array';
const SHORT: GrowthOptions = { exportName: 'round', rounds: 2, calls: 2, warmup: 2 };

// every test runs processes, on a busy machine slowly
vi.setConfig({ testTimeout: 180_000 });

const folder = temporaryFolder();
symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'));

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function rejection(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a scenario in a process of its own', () => {
  test('fails with the culprit as its message', async () => {
    const error = await rejection(assertNoGrowth(LEAK, SHORT));
    expect(error).toBeInstanceOf(HeapGrowthError);
    const { code, findings, message } = error as HeapGrowthError;
    expect(code).toBe('HEAP_GROWTH');
    expect(findings[0]).toMatchObject({ kind: 'promise', level: 'high', fingerprint: FINGERPRINT });
    expect(findings[0].growth.count).toBe(120);
    expect(message).toMatch(
      /^the heap grows in every round: 1 finding\n\nhigh: Pending promises held by Array, awaited by handleRequest/,
    );
    expect(message).toMatch(/ {2}\.pendingReplies → Array @\d+$/);
  });

  test('passes where nothing grows, or where the baseline accepts it', async () => {
    const passed = await assertNoGrowth(pathToFileURL(HEALTHY), SHORT);
    expect(passed.filter(({ level }) => level !== 'low')).toEqual([]);
    const [accepted] = await assertNoGrowth(LEAK, { ...SHORT, baseline: [FINGERPRINT] });
    expect(accepted.fingerprint).toBe(FINGERPRINT);
    const baseline = write('baseline.json', JSON.stringify({ findings: [accepted] }));
    expect((await findGrowth(LEAK, { ...SHORT, baseline })).grown).toEqual([]);
  });

  test('tells what went wrong with a scenario, and stops when it is told to', async () => {
    const thrower = write('thrower.mjs', "export default () => { throw new Error('no database'); };\n");
    const leaver = write('leaver.mjs', 'export default () => process.exit(0);\n');
    const failed = await rejection(assertNoGrowth(thrower));
    expect(failed).toBeInstanceOf(ScenarioFailedError);
    expect((failed as Error).message).toBe('the scenario failed: no database');
    expect(((failed as Error).cause as Error).stack).toContain('thrower.mjs:1');
    await expect(assertNoGrowth(leaver)).rejects.toThrow(
      'the process of the scenario ended before all snapshots were taken',
    );
    await expect(assertNoGrowth(thrower, { exportName: 'other' })).rejects.toThrow(
      /thrower\.mjs exports no function 'other'$/,
    );
    await expect(assertNoGrowth(join(folder, 'none.mjs'))).rejects.toThrow(ScenarioFailedError);
    const endless = write('endless.mjs', 'export default () => new Promise((r) => setTimeout(r, 3e6));\n');
    const stopped = assertNoGrowth(endless, { signal: AbortSignal.timeout(500) });
    await expect(stopped).rejects.toThrow(OperationAbortedError);
  });

  test('refuses a baseline that is none, and rounds that cannot tell', async () => {
    const noBaseline = write('none.json', '{"a":1}');
    await expect(assertNoGrowth(LEAK, { baseline: noBaseline })).rejects.toThrow(BaselineError);
    await expect(assertNoGrowth(LEAK, { rounds: 1 })).rejects.toThrow(
      'rounds must be a whole number of 2 or more, got 1',
    );
  });
});

test('the matcher of vitest and jest', async () => {
  expect.extend(growthMatchers);
  const expectGrowth = (file: string) =>
    expect(file) as unknown as Record<'toGrow', (options: GrowthOptions) => Promise<void>> & {
      not: Record<'toGrow', (options: GrowthOptions) => Promise<void>>;
    };
  await expectGrowth(LEAK).toGrow(SHORT);
  const error = await rejection(expectGrowth(LEAK).not.toGrow(SHORT));
  expect((error as Error).message).toContain(`fingerprint: ${FINGERPRINT}`);
});

test('a function runs in its own process, whose snapshots leave nothing behind in it', async () => {
  const script = write(
    'in-process.mjs',
    `import { findGrowth } from '@heapstream/leaks';
const held = [];
const options = { rounds: 2, calls: 20, warmup: 5 };
const leaking = await findGrowth((call) => held.push({ call, text: 'x' + call }), options);
const healthy = await findGrowth(() => Promise.resolve({}), options);
console.log(JSON.stringify([leaking.grown, healthy.grown]));
`,
  );
  const { status, stderr, stdout } = await runNode([script], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [leaking, healthy] = JSON.parse(stdout);
  expect(leaking[0]).toMatchObject({ kind: 'array', level: 'high', fingerprint: 'array: held → Array' });
  expect(leaking[0].growth.count).toBe(20);
  expect(healthy).toEqual([]);
});

test('the example for node:test runs as it stands', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = /^```js\n(import .*?)^```$/ms.exec(readme)!;
  write('requests.mjs', readFileSync(HEALTHY, 'utf8'));
  const file = write('leaks.test.mjs', example);
  const { status, stdout } = await runNode(['--test', '--test-reporter=tap', file], folder);
  expect(stdout).toMatch(/^# pass 1$/m);
  expect(status).toBe(0);
});
