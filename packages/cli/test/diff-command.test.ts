import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { SnapshotBuilder } from '../../snapshot-builder/src/index.js';
import { runCli } from '../src/index.js';
import {
  after,
  before,
  cacheSnapshot,
  folder,
  ids,
  json,
  later,
  run,
  SESSION_LOCATION,
  write,
} from './support/cache-snapshots.js';
import { createTestIo } from './support/test-io.js';

const SESSION = {
  name: 'Session',
  location: SESSION_LOCATION,
  addedCount: 3,
  removedCount: 1,
  countDelta: 2,
  addedSize: 3000,
  removedSize: 1000,
  sizeDelta: 2000,
  survivorsSizeDelta: 0,
  retainedDelta: 2020,
  base: { count: 10, shallowSize: 10_000, retainedSize: 10_100 },
  current: { count: 12, shallowSize: 12_000, retainedSize: 12_120 },
};

describe('heapstream diff', () => {
  it('prints the table of the Comparison view, what grew, and totals that add up', async () => {
    const { err, lines, status } = await run('diff', before, after, '--bytes');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(lines).toEqual([
      `${before} → ${after}: total size 10200 → 12225`,
      'matched by id: 0.0 % of the common ids name another type or name',
      '',
      'Class    Location       # New  # Deleted  # Delta  Alloc. size  Freed size  Size delta  Retained delta',
      'Session  script 4:10:3      3          1       +2         3000        1000       +2000           +2020',
      'Data                        3          1       +2           30          10         +20             +20',
      '',
      'Grown object  Class     Id  Size delta  Retained delta  Of it direct',
      'Cache         Cache     @5           0           +2020         +2020',
      'text          (string)  @7          +5              +5            +5',
      'Window        Window    @3           0           +2025             0',
      '',
      'total size +2025: 3030 new, 1010 deleted, +5 in objects of both',
      '',
    ]);
  });

  it('prints the same as JSON', async () => {
    const document = await json('diff', before, after);
    expect(Object.keys(document)).toEqual([
      'base',
      'current',
      'matchedBy',
      'matching',
      'classes',
      'totals',
      'grownCount',
      'grown',
    ]);
    expect(document.matching).toEqual({
      reason: 'ids-agree',
      explanation: 'matched by id: 0.0 % of the common ids name another type or name',
      comparedIds: 21,
      changedIds: 0,
    });
    expect(document.classes[0]).toEqual(SESSION);
    expect(document.totals).toEqual({
      base: 10_200,
      current: 12_225,
      delta: 2025,
      addedSize: 3030,
      removedSize: 1010,
      survivorsSizeDelta: 5,
      extraNativeDelta: 0,
      addedCount: 6,
      removedCount: 2,
      countDelta: 4,
    });
    expect(document.grown[0]).toEqual({
      id: 5,
      name: 'Cache',
      class: 'Cache',
      shallowDelta: 0,
      retainedDelta: 2020,
      directDelta: 2020,
    });
  });

  it('lists the new and the deleted objects of a class', async () => {
    const { lines } = await run(
      'diff',
      before,
      after,
      '--new',
      'Session',
      '--deleted',
      'Session',
      '--top',
      '2',
    );
    expect(lines.slice(3)).toEqual([
      '3 new objects of class Session',
      'Object   Id    Shallow size  Retained size',
      'Session  @901          1 kB        1.01 kB',
      'Session  @903          1 kB        1.01 kB',
      '… and 1 more (--top)',
      '1 deleted object of class Session',
      'Object   Id    Shallow size  Retained size',
      'Session  @119          1 kB        1.01 kB',
      '',
    ]);
    const document = await json('diff', before, after, '--new', 'Data', '--deleted', 'Session');
    expect(document.new.objects.map(({ id }: { id: number }) => id)).toEqual([902, 904, 906]);
    expect(document.deleted).toEqual({
      class: 'Session',
      total: 1,
      objects: [{ id: 119, name: 'Session', class: 'Session', shallowSize: 1000, retainedSize: 1010 }],
    });
  });

  it('refuses a class without changes, and tells of those like it', async () => {
    expect(await run('diff', before, after, '--new', 'session')).toMatchObject({
      status: 2,
      out: '',
      err: "heapstream: no class named 'session' has new or deleted objects (did you mean 'Session'?)\n",
    });
    expect(await run('diff', before, after, '--deleted', 'Session', '--by', 'class')).toMatchObject({
      status: 2,
      err: expect.stringContaining('no list of deleted objects: the snapshots are matched by class'),
    });
  });

  it('sorts and filters', async () => {
    const names = async (...args: string[]) =>
      (await json('diff', later, before, ...args)).classes.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(['Data', 'Session']);
    expect(await names('--sort', 'count', '--top', '1')).toEqual(['Data']);
    expect(await names('--sort', 'retained')).toEqual(['Data', 'Session']);
    expect(await names('--filter', 'SESS')).toEqual(['Session']);
  });

  it('matches by class where that is asked for, and prints both counts', async () => {
    const { lines } = await run('diff', before, after, '--by', 'class', '--bytes');
    expect(lines).toEqual([
      `${before} → ${after}: total size 10200 → 12225`,
      '',
      'Class     Location       # Before  # After  # Delta  Size delta  Retained delta',
      'Session   script 4:10:3        10       12       +2       +2000           +2020',
      'Data                           10       12       +2         +20             +20',
      '(string)                        1        1        0          +5              +5',
      'Cache                           1        1        0           0           +2020',
      'Window                          1        1        0           0           +2025',
      '',
      'total size +2025',
      '',
    ]);
  });

  it('says so where ids mean nothing, unless ids are asked for', async () => {
    const renumbered = write(
      'renumbered.heapsnapshot',
      cacheSnapshot(
        ids(10).map((id) => id + 1),
        20,
      ),
    );
    const { lines, out } = await run('diff', before, renumbered);
    expect(lines[1]).toMatch(
      /^matched by class: \d+\.\d % of the common object ids name an object of another type/,
    );
    expect(out).toContain('no class has new or deleted objects\n');
    expect((await json('diff', before, renumbered, '--by', 'id')).totals.addedCount).toBe(20);
  });

  it('says the same leanly', async () => {
    const { base: _, ...expected } = await json('diff', before, after);
    expect(await json('diff', before, after, '--lean')).toMatchObject(expected);
    const { objects } = (await json('diff', before, after, '--lean', '--deleted', 'Session')).deleted;
    expect(objects).toEqual([
      { id: 119, name: null, class: 'Session', shallowSize: 1000, retainedSize: 1010 },
    ]);
  });

  it('says which of the files is bad', async () => {
    const cut = write('cut.heapsnapshot', readFileSync(before).subarray(0, 300));
    const second = await run('diff', before, cut);
    expect({ status: second.status, out: second.out }).toEqual({ status: 3, out: '' });
    expect(second.err).toMatch(/^heapstream: the second snapshot: \S+cut\.heapsnapshot: /);
    expect((await run('diff', cut, before)).err).toMatch(/^heapstream: the first snapshot: /);
    expect(await run('diff', before, join(folder, 'none'))).toMatchObject({
      status: 3,
      err: expect.stringMatching(/^heapstream: the second snapshot: .*none: /),
    });
  });

  it('refuses a pair of which only one exposes internals, unless told', async () => {
    const heap = new SnapshotBuilder();
    const handles = heap.child(heap.root, 0, { type: 'synthetic', name: '(Handles)', id: 3 });
    heap.child(handles, 'cache', { name: 'Cache', selfSize: 30, id: 5 });
    const internals = write('internals.heapsnapshot', heap.toJson());
    expect(await run('diff', before, internals)).toMatchObject({
      status: 3,
      out: '',
      err:
        `heapstream: ${internals} exposes V8's internals (exposeInternals), ${before} does not: ` +
        'sizes and counts do not compare\n',
    });
    expect((await run('diff', before, internals, '--allow-mixed')).status).toBe(0);
  });

  it('reads one of the two from standard input, but not both', async () => {
    const io = createTestIo({ stdin: Readable.from([readFileSync(after)]) });
    expect(await runCli(['diff', before, '-', '--json'], io)).toBe(0);
    expect(JSON.parse(io.out).totals.delta).toBe(2025);
    expect(await run('diff', '-', '-')).toMatchObject({
      status: 2,
      err: 'heapstream: only one snapshot can come from standard input\n',
    });
  });

  it('keeps what names hold from the terminal', async () => {
    const evil = write('evil.heapsnapshot', cacheSnapshot(ids(3), 20, '\x1b[31mred'));
    for (const args of [[], ['--json'], ['--new', '\x1b[31mred']]) {
      const { out } = await run('diff', before, evil, '--by', 'id', ...args);
      expect(out).not.toContain('\x1b');
    }
  });
});
