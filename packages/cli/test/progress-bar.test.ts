import { describe, expect, it } from 'vitest';
import { describeProgress, ProgressBar } from '../src/progress-bar.js';
import { createTestIo } from './support/test-io.js';

const progress = { phase: 'parse', section: 'edges', nodes: 10, edges: 20 } as const;

describe('describeProgress', () => {
  it('draws a bar where the length is known', () => {
    expect(describeProgress({ ...progress, done: 2_500_000, total: 10_000_000 })).toBe(
      '████████░░░░░░░░░░░░░░░░░░░░░░  25%  2.5 MB of 10 MB  edges',
    );
  });

  it('counts bytes where it is not', () => {
    expect(describeProgress({ ...progress, done: 2_500_000, total: undefined })).toBe('2.5 MB read  edges');
  });

  it('goes on with the steps of the analysis', () => {
    expect(describeProgress({ phase: 'analyze', step: 'dominators', done: 3, total: 9 })).toBe(
      '██████████░░░░░░░░░░░░░░░░░░░░  33%  dominators',
    );
  });

  it('stays within 0 and 100 per cent', () => {
    expect(describeProgress({ ...progress, done: 0, total: 0 })).toContain('100%');
    expect(describeProgress({ ...progress, done: 11, total: 10 })).toContain('100%');
  });
});

describe('ProgressBar', () => {
  it('leaves the terminal as it was', () => {
    const listeners = process.listenerCount('SIGINT');
    const io = createTestIo({ columns: 40 });
    const bar = new ProgressBar(io.stderr);
    bar.update({ ...progress, done: 1, total: 2 });
    expect(process.listenerCount('SIGINT')).toBe(listeners);
    bar.stop();
    bar.stop();
    const drawn = io.err;
    expect(drawn).toContain('░');
    expect(drawn.endsWith('\x1b[1G\x1b[2K') || drawn.endsWith('\x1b[0K')).toBe(true);
    expect(drawn).not.toContain('\x1b[?');
  });
});
