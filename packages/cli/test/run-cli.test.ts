import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { runCli } from '../src/index.js';
import { SERVER_NODES, snapshotText } from './support/small-snapshot.js';
import { createTestIo } from './support/test-io.js';

const folder = temporaryFolder();
const server = join(folder, 'server.heapsnapshot');
writeFileSync(server, snapshotText(SERVER_NODES));

describe('runCli', () => {
  it.each([
    ['no command', [], 'Usage: heapstream'],
    ['an unknown command', ['sumary'], "heapstream: unknown command 'sumary' (Did you mean summary?)\n"],
    [
      'an unknown option',
      ['summary', 'a', '--jsn'],
      "heapstream: unknown option '--jsn' (Did you mean --json?)\n",
    ],
    ['no file', ['summary'], "heapstream: missing required argument 'file'\n"],
    ['two files', ['summary', 'a', 'b'], 'heapstream: too many arguments'],
    [
      'a bad number',
      ['summary', 'a', '--top', 'x'],
      "heapstream: option '--top <count>' argument 'x' is invalid.",
    ],
    [
      'a negative number',
      ['summary', 'a', '--top', '-1'],
      "heapstream: option '--top <count>' argument '-1'",
    ],
    ['a fraction', ['histogram', 'a', '--top=1.5'], "heapstream: option '--top <count>' argument '1.5'"],
    [
      'an unknown compression',
      ['summary', 'a', '--compression', 'rar'],
      "heapstream: option '--compression <kind>'",
    ],
    ['a hostile argument', ['\x1b[2J\n'], "heapstream: unknown command '\\x1b[2J\\n'"],
  ])('refuses %s with status 2', async (_, argv, message) => {
    const io = createTestIo();
    expect(await runCli(argv, io)).toBe(2);
    expect(io.out).toBe('');
    expect(io.err.slice(0, message.length)).toBe(message);
    expect(io.err.endsWith('\n')).toBe(true);
  });

  it.each([[['--help']], [['help', 'summary']], [['summary', '--help']], [['--version']]])(
    'answers %j on standard output with status 0',
    async (argv) => {
      const io = createTestIo();
      expect(await runCli(argv, io)).toBe(0);
      expect(io.out).not.toBe('');
      expect(io.err).toBe('');
    },
  );

  it('takes global options before and after the command', async () => {
    const missing = join(folder, 'missing');
    for (const argv of [
      ['--debug', 'summary', missing],
      ['summary', missing, '--debug'],
    ]) {
      const io = createTestIo();
      expect(await runCli(argv, io)).toBe(3);
      expect(io.err).toMatch(/\n +at /);
    }
  });

  it('shows progress on a terminal only, and never on standard output', async () => {
    const onTerminal = createTestIo({ columns: 80 });
    const piped = createTestIo();
    expect(await runCli(['summary', server, '--json'], onTerminal)).toBe(0);
    expect(await runCli(['summary', server, '--json'], piped)).toBe(0);
    expect(onTerminal.err).toContain('\x1b[');
    expect(piped.err).toBe('');
    expect(onTerminal.out).toBe(piped.out);
  });

  it('prints the warnings of a snapshot on standard error', async () => {
    const file = join(folder, 'miscounted.heapsnapshot');
    writeFileSync(file, snapshotText(SERVER_NODES, { node_count: 3 }));
    const io = createTestIo();
    expect(await runCli(['summary', file, '--json'], io)).toBe(0);
    expect(io.err).toMatch(/^warning: .*node_count.*\n$/);
    expect(JSON.parse(io.out).nodeCount).toBe(SERVER_NODES.length + 1);
  });

  it('stops when interrupted, and lets go of standard input', async () => {
    const stdin = new PassThrough();
    stdin.write('{"snapshot":');
    const io = createTestIo({ stdin });
    const status = runCli(['summary', '-'], io);
    setTimeout(() => io.interrupt(), 50);
    expect(await status).toBe(130);
    expect(io.err).toBe('heapstream: interrupted\n');
    expect(stdin.destroyed).toBe(true);
  });

  it('reports standard input that breaks as a bad source', async () => {
    const stdin = new Readable({
      read() {
        this.destroy(new Error('EIO: i/o error'));
      },
    });
    const io = createTestIo({ stdin });
    expect(await runCli(['histogram', '-'], io)).toBe(3);
    expect(io.err).toMatch(/^heapstream: <stdin>: .*EIO.*\n$/);
  });
});
