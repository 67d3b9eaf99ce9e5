import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperationAbortedError } from '@heapstream/core';
import { expect, test } from 'vitest';
import { CaptureSession } from '../../capture/src/index.js';
import { startInspected } from '../../capture/test/support/node-process.js';
import { runNode as runExample } from '../../cli/test/support/heapstream-command.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { assertNoGrowth, findGrowth } from '../src/growth/assert-no-growth.js';
import { programFile } from './support/programs.js';
import { openPage } from './support/run-page.js';

/*
 * Scenarios that drive another process, whose heap is measured over its inspector.
 */

const SHORT = { rounds: 2, calls: 2, warmup: 2 };

test('a Node process: what its requests leave behind, and nothing where they leave nothing', async () => {
  const server = await startInspected();
  const target = await CaptureSession.open({ port: server.port });
  const grow = async () => {
    server.send('grow');
    await server.answers();
  };
  const { grown } = await findGrowth(grow, { ...SHORT, target });
  expect(grown).toHaveLength(1);
  expect(grown[0]).toMatchObject({ kind: 'array', level: 'high', growth: { count: 20 } });
  expect(grown[0].fingerprint).toMatch(/\.held → Array$/);
  const passed = await assertNoGrowth(() => server.answers(), { ...SHORT, target });
  expect(passed.filter(({ level }) => level !== 'low')).toEqual([]);
  await target.close();
});

test.each([
  ['leaves nothing behind', '', 0],
  ['keeps its orders', 'kept.push(order)', 1],
])(
  'the example of the README on a server that %s',
  async (_, keep, expected) => {
    const project = temporaryFolder();
    symlinkSync(
      fileURLToPath(new URL('../../../node_modules', import.meta.url)),
      join(project, 'node_modules'),
    );
    const program = join(project, 'server.mjs');
    writeFileSync(
      program,
      `import { createServer } from 'node:http';
const kept = [];
const server = createServer((request, response) => {
  const order = { url: request.url, number: String(process.hrtime()) };
  ${keep};
  response.end(order.number + kept.length);
}).listen(0, '127.0.0.1', () => console.log(server.address().port, 'ready'));
`,
    );
    const server = await startInspected({ program });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const example = /^```js\n(import \{ CaptureSession .*?)^```$/ms.exec(readme)![1];
    writeFileSync(join(project, 'example.mjs'), example);
    const env = {
      INSPECTOR_PORT: String(server.port),
      SERVER_URL: `http://127.0.0.1:${Number.parseInt(server.stdout, 10)}/orders`,
    };
    const { status, stderr } = await runExample(['example.mjs'], { cwd: project, env });
    if (expected === 0) expect(stderr).toBe('');
    else expect(stderr).toContain('fingerprint: array: kept → Array');
    expect(status).toBe(expected);
  },
  180_000,
);

test('a page, by expressions that it evaluates', async () => {
  const target = await openPage(programFile('pages/leaking/removed-dialogs.mjs'));
  const failed = assertNoGrowth((call) => target.evaluate(`round(${call})`), { ...SHORT, target });
  await expect(failed).rejects.toThrow(
    /^the heap grows in every round: 1 finding\n\nhigh: DOM nodes outside/,
  );
  await expect(assertNoGrowth(() => target.evaluate('1 + 1'), { ...SHORT, target })).resolves.toBeDefined();
  await target.close();
}, 180_000);

test('stops when it is told to, tells what the scenario throws, and takes no module', async () => {
  const never = { snapshot: (): AsyncIterable<Uint8Array> => Promise.reject as never };
  const calls: number[] = [];
  const controller = new AbortController();
  const counting = (call: number): void => {
    calls.push(call);
    if (call === 1) controller.abort();
  };
  const stopped = assertNoGrowth(counting, { ...SHORT, warmup: 5, target: never, signal: controller.signal });
  await expect(stopped).rejects.toThrow(OperationAbortedError);
  expect(calls).toEqual([0, 1]);
  const throwing = () => Promise.reject(new Error('no answer'));
  await expect(assertNoGrowth(throwing, { target: never })).rejects.toThrow('no answer');
  await expect(assertNoGrowth('./scenario.mjs', { target: never })).rejects.toThrow(
    'a scenario for a target must be a function',
  );
});
