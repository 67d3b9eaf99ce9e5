import { describe, expect, it } from 'vitest';
import { EXIT_STATUS } from '../src/exit-status.js';
import { runCli } from '../src/index.js';
import { createProgram } from '../src/program.js';
import { createTestIo } from './support/test-io.js';

function commandsFor(argv: readonly string[]): string[] {
  const run = { io: createTestIo(), exitStatus: EXIT_STATUS.ok };
  return createProgram(run, argv).commands.map((command) => command.name());
}

const ALL = commandsFor([]);

async function outcome(argv: readonly string[]) {
  const io = createTestIo();
  return { status: await runCli(argv, io), out: io.out, err: io.err };
}

describe('createProgram', () => {
  it.each(ALL)('builds nothing but %s where that is asked for', (name) => {
    expect(commandsFor([name, 'file'])).toEqual([name]);
  });

  it.each([
    [['--help']],
    [['help', 'summary']],
    [['--index', 'summary']],
    [['sumary']],
    [['constructor']],
    [['']],
  ])('builds all commands for %j', (argv) => {
    expect(commandsFor(argv)).toEqual(ALL);
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
