import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SnapshotBuilder } from '../../snapshot-builder/src/index.js';
import { runCli } from '../src/index.js';
import { heapstream } from './support/heapstream-command.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { createTestIo } from './support/test-io.js';

const folder = temporaryFolder();

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** A cache with sessions of the ids given, and a text of `textSize` bytes. */
function cacheSnapshot(ids: readonly number[], textSize = 20, name = 'Session'): string {
  const heap = new SnapshotBuilder();
  const window = heap.child(
    heap.root,
    { type: 'shortcut', name: 'w' },
    { name: 'Window', selfSize: 50, id: 3 },
  );
  const cache = heap.child(window, 'cache', { name: 'Cache', selfSize: 30, id: 5 });
  heap.child(window, 'text', { type: 'string', name: 'text', selfSize: textSize, id: 7 });
  ids.forEach((id, i) => {
    const session = heap.child(cache, i, { name, selfSize: 1000, id });
    heap.location(session, { scriptId: 4, line: 9, column: 2 });
    heap.child(session, 'data', { name: 'Data', selfSize: 10, id: id + 1 });
  });
  return heap.toJson();
}

const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => 101 + 2 * i);
const before = write('before.heapsnapshot', cacheSnapshot(ids(10)));
const after = write('after.heapsnapshot', cacheSnapshot([...ids(9), 901, 903, 905], 25));
const later = write('later.heapsnapshot', cacheSnapshot([...ids(9), 901, 903, 905, 907, 909], 25));

async function run(...args: string[]) {
  const io = createTestIo();
  const status = await runCli(args, io);
  return { status, out: io.out, err: io.err, lines: io.out.split('\n') };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as a script would
async function json(...args: string[]): Promise<any> {
  const { err, out, status } = await run(...args, '--json');
  expect({ err, status }).toEqual({ err: '', status: 0 });
  return JSON.parse(out);
}

const SESSION = {
  name: 'Session',
  location: { scriptId: 4, scriptName: null, line: 9, column: 2 },
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

describe('heapstream trend', () => {
  it('prints series, deltas and what was kept', async () => {
    const { err, lines, status } = await run('trend', before, after, later, '--bytes');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(lines).toEqual([
      `${before} → ${after} → ${later}`,
      'total size 10200 → 12225 → 14245',
      'matched by id: 0.0 % of the common ids name another type or name',
      '',
      'Class     Location             Counts  Size delta  Retained delta  # Kept  Kept size  Grows',
      'Session   script 4:10:3  10 → 12 → 14       +4000           +4040       3       3000  steadily',
      'Data                     10 → 12 → 14         +40             +40       3         30  steadily',
      '(string)                    1 → 1 → 1          +5              +5       0          0',
      '',
      '# Kept: allocated after the first snapshot, up to the last but one, and still there',
      '',
    ]);
  });

  it('prints every class as JSON', async () => {
    const document = await json('trend', before, after, later);
    expect(Object.keys(document)).toEqual(['files', 'matchedBy', 'matching', 'totalSizes', 'classes']);
    expect(document.classes).toHaveLength(5);
    expect(document.classes[0]).toEqual({
      name: 'Session',
      location: SESSION.location,
      counts: [10, 12, 14],
      shallowSizes: [10_000, 12_000, 14_000],
      retainedSizes: [10_100, 12_120, 14_140],
      countDelta: 4,
      shallowDelta: 4000,
      retainedDelta: 4040,
      growsSteadily: { count: true, shallowSize: true, retainedSize: true },
      bornCounts: [9, 3, 2],
      bornSizes: [9000, 3000, 2000],
      keptCount: 3,
      keptSize: 3000,
    });
  });

  it('shows those that grow each time, and sorts by what was kept', async () => {
    const names = async (...args: string[]) =>
      (await json('trend', before, after, later, ...args)).classes.map(({ name }: { name: string }) => name);
    expect(await names('--growing')).toEqual(['Session', 'Data']);
    expect((await names('--sort', 'kept')).slice(0, 2)).toEqual(['Session', 'Data']);
    expect((await names('--sort', 'retained')).slice(0, 2)).toEqual(['Window', 'Session']);
  });

  it('says the same leanly', async () => {
    const expected = await json('trend', before, after, later);
    expect(await json('trend', before, after, later, '--lean')).toEqual(expected);
  });

  it('needs two snapshots', async () => {
    expect(await run('trend', before)).toMatchObject({
      status: 2,
      err: 'heapstream: a trend needs two snapshots or more\n',
    });
  });
});

describe('heapstream digest', () => {
  it('writes a file beside the snapshot, which diff and trend take instead of it', async () => {
    const { err, out, status } = await run('digest', before);
    const digest = join(folder, 'before.heapdigest');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toMatch(/^\S+before\.heapdigest: \d+ B, 5 classes, 0 shapes of plain objects\n$/);
    expect(statSync(digest).size).toBeLessThan(1000);

    const { lines } = await run('diff', digest, after);
    expect(lines[1]).toBe(`matched by class: ${digest} is a stored digest, which has no object ids`);
    const { base: _, matching: __, ...expected } = await json('diff', before, after, '--by', 'class');
    expect(await json('diff', digest, after)).toMatchObject(expected);
    const trend = await json('trend', digest, after, later);
    expect(trend.classes.map(({ counts }: { counts: number[] }) => counts[0])).toEqual([10, 10, 1, 1, 1]);
    expect(await run('diff', digest, after, '--by', 'id')).toMatchObject({
      status: 3,
      err: `heapstream: cannot match by id: ${digest} is a stored digest, which has no object ids\n`,
    });
  });

  it('writes where it is told, whole or not at all', async () => {
    const output = join(folder, 'elsewhere.heapdigest');
    expect((await run('digest', after, '--output', output)).status).toBe(0);
    expect(existsSync(output)).toBe(true);
    const cut = write('half.heapsnapshot', readFileSync(before).subarray(0, 300));
    expect((await run('digest', cut)).status).toBe(3);
    expect(existsSync(join(folder, 'half.heapdigest'))).toBe(false);
    expect(await run('digest', '-')).toMatchObject({
      status: 2,
      err: 'heapstream: --output says where the digest of standard input goes\n',
    });
  });

  it('is refused where it is damaged, with the name of the file', async () => {
    await run('digest', before);
    const damaged = write('bad.heapdigest', readFileSync(join(folder, 'before.heapdigest')).subarray(0, 60));
    expect(await run('diff', before, damaged)).toMatchObject({
      status: 3,
      err: expect.stringMatching(
        /^heapstream: the second snapshot: \S+bad\.heapdigest: the digest is damaged/,
      ),
    });
  });
});

describe('the built command', () => {
  const pairs = fileURLToPath(new URL('../../conformance/test/fixtures/pairs/', import.meta.url));
  const pair = ['before', 'after'].map((moment) => join(pairs, `node-24-${moment}.heapsnapshot.br`));

  it('finds what a real program leaks, and the list that holds it', async () => {
    const { status, stderr, stdout } = await heapstream(['diff', ...pair, '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { classes, grown, totals } = JSON.parse(stdout);
    const order = classes.find(({ name }: { name: string }) => name === 'Order');
    expect(order.countDelta).toBeGreaterThan(400);
    expect(grown[0]).toMatchObject({ name: 'Array', class: 'Array' });
    expect(totals.delta).toBe(
      totals.addedSize - totals.removedSize + totals.survivorsSizeDelta + totals.extraNativeDelta,
    );
  });

  it('follows it', async () => {
    const { status, stdout } = await heapstream(['trend', ...pair, '--growing', '--filter', 'Promise']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Promise +\d+ → \d+ +\+.* steadily$/m);
  });
});
