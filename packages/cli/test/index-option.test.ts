import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { runCli } from '../src/index.js';
import { heapstream } from './support/heapstream-command.js';
import { shopSnapshot } from './support/shop-snapshot.js';
import { createTestIo } from './support/test-io.js';

const folder = temporaryFolder();

function shopIn(name: string): { readonly own: string; readonly file: string } {
  const own = join(folder, name);
  mkdirSync(own);
  const file = join(own, 'shop.heapsnapshot');
  writeFileSync(file, shopSnapshot(), { mode: 0o600 });
  return { own, file };
}

const COMMANDS: readonly (readonly [string, ...string[]])[] = [
  ['summary'],
  ['objects', 'Session'],
  ['search', 'session'],
  ['paths', '@9'],
  ['paths', 'Session', '--count', '2'],
  ['retainers', '@9'],
  ['dominators'],
  ['dominators', '@5'],
  ['containment', '@5'],
  ['strings'],
  ['allocations'],
  ['export', '--table', 'nodes'],
  ['export', '--table', 'edges'],
  ['export', '--table', 'strings'],
];

describe('--index', () => {
  test.each(COMMANDS)(
    '%s %s %s prints the same without, with a new and with a kept index',
    async (...words) => {
      const { file } = shopIn(words.join(' '));
      const [command, ...others] = words;
      const run = async (...options: string[]) => {
        const io = createTestIo();
        const status = await runCli([command, file, ...others, ...options], io);
        return { status, out: io.out, err: io.err };
      };
      const without = await run();
      expect(without).toEqual({ status: 0, out: expect.stringMatching(/./), err: '' });
      expect(existsSync(`${file}.heapidx`)).toBe(false);
      expect(await run('--index')).toEqual(without);
      expect(statSync(`${file}.heapidx`).mode & 0o777).toBe(0o600);
      const kept = readFileSync(`${file}.heapidx`);
      expect(await run('--index')).toEqual(without);
      expect(readFileSync(`${file}.heapidx`).equals(kept)).toBe(true);
    },
  );

  test('keeps what the first command computed for the others, and leaves one file', async () => {
    const { file, own } = shopIn('kept');
    await heapstream(['export', file, '--table', 'strings', '--index']);
    const graphOnly = statSync(`${file}.heapidx`).size;
    const first = await heapstream(['summary', file, '--json', '--index']);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(statSync(`${file}.heapidx`).size).toBeGreaterThan(graphOnly);
    expect(await heapstream(['--index', 'summary', file, '--json'])).toEqual(first);
    expect(readdirSync(own)).toHaveLength(2);
  });

  test('makes a damaged file anew, and says so', async () => {
    const { file } = shopIn('damaged');
    const before = await heapstream(['summary', file, '--index']);
    const bytes = readFileSync(`${file}.heapidx`);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(`${file}.heapidx`, bytes);
    const { status, stderr, stdout } = await heapstream(['summary', file, '--index']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: before.stdout });
    expect(stderr).toMatch(
      /^warning: the index file .*shop\.heapsnapshot\.heapidx was damaged \(.*\) and was made anew\n$/,
    );
    expect(await heapstream(['summary', file, '--index'])).toEqual(before);
  });

  test('a file that cannot be written is a warning', async () => {
    const { file } = shopIn('unwritable');
    mkdirSync(`${file}.heapidx`);
    const { status, stderr } = await heapstream(['summary', file, '--index']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning: the index file .* was not written: EISDIR/);
  });

  test('is wrong usage with standard input, and where no graph is kept', async () => {
    const { file } = shopIn('usage');
    const io = createTestIo({ stdin: Readable.from([]) });
    expect(await runCli(['summary', '-', '--index'], io)).toBe(2);
    expect(io.err).toBe('heapstream: --index needs a file, not standard input\n');
    const other = createTestIo();
    expect(await runCli(['histogram', file, '--index'], other)).toBe(2);
    expect(other.err).toBe('heapstream: histogram keeps no graph: it cannot use --index\n');
  });
});

test('damage that a question comes upon ends the command, and the next one makes the file anew', async () => {
  const file = join(folder, 'real.heapsnapshot.br');
  copyFileSync(
    fileURLToPath(new URL('../../core/test/fixtures/real/node-24.heapsnapshot.br', import.meta.url)),
    file,
  );
  const before = await heapstream(['containment', file, '--json', '--index']);
  const whole = readFileSync(`${file}.heapidx`);
  const damaged = Buffer.from(whole);
  // somewhere in the middle lie columns that are too large to be read at once
  damaged.fill(0xaa, Math.floor(whole.length * 0.4), Math.floor(whole.length * 0.5));
  writeFileSync(`${file}.heapidx`, damaged);
  const { status, stderr } = await heapstream(['export', file, '--table', 'edges', '--index']);
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /^heapstream: .*real\.heapsnapshot\.br\.heapidx: columns\/\w+, byte \d+: the index file is damaged and of no use; open the snapshot again\n$/,
  );
  expect(await heapstream(['containment', file, '--json', '--index'])).toEqual(before);
});
