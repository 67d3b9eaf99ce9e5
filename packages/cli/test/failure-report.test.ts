import {
  NotEnoughMemoryError,
  OperationAbortedError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
} from '@heapstream/core';
import { describe, expect, it } from 'vitest';
import { describeFailure, describeStack } from '../src/failure-report.js';
import { OutputError } from '../src/output-stream.js';
import { WrongUsageError } from '../src/wrong-usage-error.js';

const formatError = new SnapshotFormatError(
  { code: 'NOT_JSON', section: 'document', byteOffset: 7, expected: '{', actual: '\x1b[2J' },
  'bad\nname',
);

const notEnoughMemory = new NotEnoughMemoryError('a.heapsnapshot: opening it', 30.04e9, {
  bytes: 512.2e6,
  limitedBy: 'cgroup',
  total: 2 ** 30,
  cgroup: '/sys/fs/cgroup/pod',
});

describe('describeFailure', () => {
  it.each([
    ['a damaged snapshot', formatError, 3],
    ['a limit', new SnapshotLimitError('maxDepth', 64, 'a', 'trace_tree'), 3],
    ['a missing file', new SnapshotSourceError('a', 'no such file'), 3],
    ['an interrupt', new OperationAbortedError('opening'), 130],
    ['a full disk', new OutputError(new Error('ENOSPC')), 5],
    ['a graph too large for the machine', new OutOfMemoryError(2 ** 40), 5],
    ['a graph that will not fit', notEnoughMemory, 5],
    ['refused memory', new RangeError('Array buffer allocation failed'), 5],
    ['an object that is not there', new WrongUsageError('no object'), 2],
    ['a mistake of ours', new TypeError('x is undefined'), 70],
    ['something that is no error', 'text', 70],
  ])('maps %s to its exit status', (_, error, status) => {
    expect(describeFailure(error).status).toBe(status);
  });

  it('is one line that is safe to print', () => {
    const { line } = describeFailure(formatError);
    expect(line).toBe('heapstream: bad\\nname: document, byte 7: expected {, got \\x1b[2J');
  });

  it('gives the figures where memory lacks, and what to do', () => {
    expect(describeFailure(notEnoughMemory).line).toBe(
      'heapstream: a.heapsnapshot: opening it takes about 30.0 GB of memory, and 513 MB of the 1.1 GB that ' +
        'the control group /sys/fs/cgroup/pod may use are free (--ignore-memory tries all the same; heapstream ' +
        'histogram keeps no graph)',
    );
  });

  it('says where to look after an internal fault', () => {
    const { line } = describeFailure(new TypeError('x is undefined'));
    expect(line).toBe('heapstream: internal fault: x is undefined (--debug prints where)');
  });
});

describe('describeStack', () => {
  it('has the trace and the cause, safe to print', () => {
    const text = describeStack(new SnapshotSourceError('a', '\x1b[2J', { cause: new Error('EACCES') }));
    expect(text).toMatch(/SnapshotSourceError: a: \\x1b\[2J\n +at /);
    expect(text).toContain('EACCES');
    expect(text).not.toContain('\x1b');
  });
});
