import { describe, expect, it } from 'vitest';
import { EXIT_STATUS } from '../src/exit-status.js';
import { runCli } from '../src/index.js';
import { createProgram } from '../src/program.js';
import { createTestIo } from './support/test-io.js';

async function commandsFor(argv: readonly string[]): Promise<string[]> {
  const run = { io: createTestIo(), exitStatus: EXIT_STATUS.ok };
  const { commands } = await createProgram(run, argv);
  return commands.map((command) => command.name());
}

const ALL = await commandsFor([]);

async function outcome(argv: readonly string[]) {
  const io = createTestIo();
  return { status: await runCli(argv, io), out: io.out, err: io.err };
}

describe('createProgram', () => {
  it.each(ALL)('builds nothing but %s where that is asked for', async (name) => {
    expect(await commandsFor([name, 'file'])).toEqual([name]);
  });

  it.each([
    [['--help']],
    [['help', 'summary']],
    [['--index', 'summary']],
    [['sumary']],
    [['constructor']],
    [['']],
  ])('builds all commands for %j', async (argv) => {
    expect(await commandsFor(argv)).toEqual(ALL);
  });

  it.each(ALL)('says of %s the same with and without the others', async (name) => {
    for (const rest of [['--help'], ['-h', 'help'], ['--jsn'], ['--compression', 'rar'], ['--version']]) {
      const alone = await outcome([name, ...rest]);
      expect(alone.out + alone.err).not.toBe('');
      // behind an option it is built with all others
      expect(alone).toEqual(await outcome(['--ignore-memory', name, ...rest]));
    }
  });
});
