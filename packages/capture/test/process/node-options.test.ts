import { describe, expect, test } from 'vitest';
import { readNodeOptions } from '../../src/process/node-options.js';
import { isSnapshotOf } from '../../src/signal/diagnostic-directory.js';

const signalOf = (line: string, nodeOptions?: string) =>
  readNodeOptions(line.split(' '), nodeOptions).snapshotSignal;

describe('readNodeOptions', () => {
  test.each([
    ['node --heapsnapshot-signal=SIGUSR2 app.js', 'SIGUSR2'],
    ['node --heapsnapshot-signal SIGUSR2 app.js', 'SIGUSR2'],
    ['node --heapsnapshot_signal=SIGUSR2 app.js', 'SIGUSR2'],
    ['node -r ./setup.js --import x --heapsnapshot-signal=SIGUSR2 app.js', 'SIGUSR2'],
    ['node app.js --heapsnapshot-signal=SIGUSR2', undefined],
    ['node -- --heapsnapshot-signal=SIGUSR2', undefined],
    ['node - --heapsnapshot-signal=SIGUSR2', undefined],
    ['node -e --heapsnapshot-signal=SIGUSR2', undefined],
    ['node --some-new-option value --heapsnapshot-signal=SIGUSR2 app.js', undefined],
    ['node', undefined],
  ])('%s → %s', (line, expected) => {
    expect(signalOf(line)).toBe(expected);
  });

  test('NODE_OPTIONS count, and the command line wins', () => {
    expect(signalOf('node app.js', '--heapsnapshot-signal=SIGUSR2')).toBe('SIGUSR2');
    expect(signalOf('node --heapsnapshot-signal=SIGPROF app.js', '--heapsnapshot-signal=SIGUSR2')).toBe(
      'SIGPROF',
    );
    const options = readNodeOptions(['node'], '--diagnostic-dir="/a b/\\"c" --inspect=0 --disable-sigusr1');
    expect(options).toMatchObject({
      diagnosticDirectory: '/a b/"c',
      isInspected: true,
      ignoresUserSignal: true,
    });
  });
});

test('a snapshot is known by its name', () => {
  expect(isSnapshotOf('Heap.20261122.203421.4711.0.001.heapsnapshot', 4711)).toBe(true);
  expect(isSnapshotOf('Heap.20261122.203421.4711.0.001.heapsnapshot', 471)).toBe(false);
  expect(isSnapshotOf('Heap.20261122.203421.4711.0.001.heapsnapshot.partial', 4711)).toBe(false);
});
