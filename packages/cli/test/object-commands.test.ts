import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { runCli } from '../src/index.js';
import { SHOP_IDS, shopSnapshot } from './support/shop-snapshot.js';
import { createTestIo } from './support/test-io.js';

const shop = join(temporaryFolder(), 'shop.heapsnapshot');
writeFileSync(shop, shopSnapshot());

async function run(command: string, ...args: string[]) {
  const io = createTestIo();
  const status = await runCli([command, shop, ...args], io);
  return { status, out: io.out, err: io.err, lines: io.out.split('\n') };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as a script would
async function json(command: string, ...args: string[]): Promise<any> {
  const { err, out, status } = await run(command, ...args, '--json');
  expect({ err, status }).toEqual({ err: '', status: 0 });
  return JSON.parse(out);
}

const FIRST = {
  id: SHOP_IDS.first,
  type: 'object',
  class: 'Session',
  name: 'Session',
  shallowSize: 1000,
  retainedSize: 1040,
  distance: 4,
};

describe('heapstream objects', () => {
  it('lists the objects of all classes of the name, the largest first', async () => {
    const { out, status } = await run('objects', 'Session');
    expect(status).toBe(0);
    expect(out).toContain('script 1:9:1: 1 object, shallow size 500 B, retained size 540 B\n');
    expect(out).toMatch(/^Session {2}@9 +4 +1 kB +1.04 kB\nSession {2}@11 /m);
    const document = await json('objects', 'Session');
    expect(Object.keys(document)).toEqual(['file', 'class', 'classes', 'objects']);
    expect(document.classes).toHaveLength(2);
    expect(document.objects[0]).toEqual(FIRST);
    const top = await json('objects', 'Session', '--sort', 'shallow', '--top', '1');
    expect(top.objects).toEqual([FIRST]);
  });

  it('refuses a class that is not there, and tells of those like it', async () => {
    const { err, out, status } = await run('objects', 'session');
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toBe("heapstream: no class named 'session' in the snapshot (did you mean 'Session'?)\n");
  });
});

describe('heapstream search', () => {
  it.each([
    ['SESS', [SHOP_IDS.first, SHOP_IDS.second]],
    ['/^Ses+ion$/', [SHOP_IDS.first, SHOP_IDS.second]],
    ['@9', [SHOP_IDS.first]],
    ['no such thing', []],
  ])('finds %s', async (query, ids) => {
    const document = await json('search', query);
    expect(document).toMatchObject({ file: shop, query, total: ids.length });
    expect(document.objects.map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  it('says how many there are', async () => {
    const { lines } = await run('search', 'sess', '--top', '1');
    expect(lines[0]).toBe(`${shop}: 2 objects for sess`);
    expect(lines.at(-2)).toBe('… and 1 more (--top)');
  });

  it('refuses a bad expression and an id that is not there', async () => {
    expect(await run('search', '/(/')).toMatchObject({ status: 2, out: '' });
    expect(await run('search', '@4')).toMatchObject({
      status: 2,
      err: 'heapstream: no object with the id @4 in the snapshot\n',
    });
  });
});

describe('heapstream paths', () => {
  it('prints the way from the root, edge by edge', async () => {
    const { lines, status } = await run('paths', '@9');
    expect(status).toBe(0);
    expect(lines[0]).toBe(`${shop}: Session @9: retained size 1.04 kB, shallow size 1 kB, distance 4`);
    expect(lines[2]).toBe('Path 1 of 1, 4 edges');
    const rows = lines.slice(4, 9).map((line) => line.split(/ {2,}/).slice(0, 3));
    expect(rows).toEqual([
      ['', '(root)', '@1'],
      ['window (shortcut)', 'Window', '@3'],
      ['.cache', 'Map', '@5'],
      ['table (internal)', '(table)', '@7'],
      ['[0]', 'Session', '@9'],
    ]);
  });

  it('takes a class for its object that retains most', async () => {
    const { lines } = await run('paths', 'Session');
    expect(lines[1]).toBe('the one that retains most of 2 objects of class Session');
    expect((await json('paths', 'Session')).object).toEqual(FIRST);
  });

  it('prints the JSON that other tools rely on', async () => {
    const document = await json('paths', '@13', '--count', '2');
    expect(Object.keys(document)).toEqual(['file', 'object', 'reason', 'isComplete', 'paths']);
    expect(document).toMatchObject({ reason: null, isComplete: true });
    expect(document.paths).toHaveLength(2);
    const { steps } = document.paths[0];
    expect(steps[0]).toMatchObject({ edge: null, node: { id: 1, distance: 100_000_000 }, explanation: null });
    expect(steps.at(-2)).toEqual({ edge: { type: 'element', name: 0 }, node: FIRST, explanation: null });
  });

  it('tells why there is no path', async () => {
    const { lines, status } = await run('paths', `@${SHOP_IDS.garbage}`);
    expect(status).toBe(0);
    expect(lines[1]).toBe('no path from the roots: nothing points to it: garbage that was not collected yet');
    expect(await json('paths', 'Garbage')).toMatchObject({ reason: 'nothing', paths: [] });
  });

  it('shows both ends of a very long path', async () => {
    const { SnapshotBuilder } = await import('../../snapshot-builder/src/index.js');
    const heap = new SnapshotBuilder();
    let last = heap.root;
    for (let i = 0; i < 100; i++) last = heap.child(last, 'next', { name: 'Link', selfSize: 8 });
    const io = createTestIo();
    const file = join(shop, '..', 'list.heapsnapshot');
    writeFileSync(file, heap.toJson());
    expect(await runCli(['paths', file, '@201'], io)).toBe(0);
    expect(io.out).toContain('Path 1 of 1, 100 edges\n');
    expect(io.out).toMatch(/^… 51 more …/m);
    expect(io.out.match(/^\.next /gm)).toHaveLength(49);
  });
});

describe('heapstream retainers', () => {
  it('lists who points to an object, weak edges last', async () => {
    const { out } = await run('retainers', '@13');
    expect(out.match(/^\S+ (\(weak\))?/gm)?.slice(-3)).toEqual(['.user ', '.user ', 'last (weak)']);
    const document = await json('retainers', '@13', '--top', '1');
    expect(Object.keys(document)).toEqual(['file', 'object', 'retainers']);
    expect(document.retainers).toEqual([
      { edge: { type: 'property', name: 'user' }, node: FIRST, explanation: null },
    ]);
  });

  it('says that nothing points, or matches', async () => {
    expect((await run('retainers', '@25')).lines.at(-2)).toBe('nothing points to it');
    expect((await run('retainers', '@13', '--filter', 'zzz')).lines.at(-2)).toBe("nothing matches 'zzz'");
  });

  it('refuses what is no id', async () => {
    const { err, status } = await run('retainers', 'Session');
    expect(status).toBe(2);
    expect(err).toBe("heapstream: expected an object as @ and its id, got 'Session'\n");
  });
});

describe('heapstream containment', () => {
  it('lists what the root points to, or an object', async () => {
    expect((await run('containment')).out).toMatch(/^window \(shortcut\) {2}Window {2}@3 /m);
    const document = await json('containment', '@7');
    expect(Object.keys(document)).toEqual(['file', 'object', 'children']);
    expect(document.children[0]).toEqual({ edge: { type: 'element', name: 0 }, node: FIRST });
    expect((await run('containment', '@13')).lines.at(-2)).toBe('it points to nothing');
  });
});

describe('heapstream dominators', () => {
  it('draws the tree', async () => {
    const { lines } = await run('dominators', '--min-size', '0.5kB', '--depth', '3', '--bytes');
    const start = lines[2].indexOf('Object');
    expect(lines.slice(3, -1).map((line) => line.slice(start))).toEqual([
      '(root)',
      '├─ Window',
      '│  ├─ Map',
      '│  │  └─ (table)',
      '│  └─ … 2 more',
      '└─ … 1 more',
    ]);
  });

  it('prints the same as nested JSON', async () => {
    const document = await json('dominators', '@7', '--min-size', '1', '--top', '1', '--depth', '1');
    expect(Object.keys(document)).toEqual(['file', 'totalSize', 'tree']);
    expect(document.tree).toMatchObject({ id: 7, leftOut: { count: 2 } });
    expect(document.tree.children).toEqual([
      { ...FIRST, leftOut: { count: 1, retainedSize: 40 }, children: [] },
    ]);
  });

  it.each([
    ['--min-size', 'big'],
    ['--depth', '201'],
    ['--depth', '-1'],
  ])('refuses %s %s', async (...option) => {
    expect((await run('dominators', ...option)).status).toBe(2);
  });
});

describe('heapstream strings', () => {
  it('lists copies and the largest', async () => {
    const { lines } = await run('strings');
    expect(lines[0]).toBe(`${shop}: strings take 80 B, 40 B of it for copies of the same text`);
    expect(lines[3]).toMatch(/^"some, "quoted"\\ntext" +2 +80 B +40 B$/);
    const document = await json('strings');
    expect(Object.keys(document)).toEqual(['file', 'wastedSize', 'duplicates', 'largest']);
    expect(document.duplicates).toEqual([
      {
        text: 'some, "quoted"\ntext',
        count: 2,
        shallowSize: 80,
        retainedSize: 80,
        wastedSize: 40,
        fullLength: null,
      },
    ]);
    expect(document.largest.map(({ id }: { id: number }) => id)).toEqual([15, 17]);
    expect((await json('strings', '--filter', 'nope')).largest).toEqual([]);
  });
});

describe('heapstream allocations', () => {
  it('lists functions and time', async () => {
    const { out } = await run('allocations');
    expect(out).toMatch(/^login {5}shop\.js:3:5 +1 +1 kB +4 +4 kB$/m);
    expect(out).toMatch(/^1\.50 s .* █{30}$/m);
    const document = await json('allocations');
    expect(Object.keys(document)).toEqual(['file', 'sites', 'intervals']);
    expect(document.sites[0]).toEqual({
      functionName: 'login',
      scriptName: 'shop.js',
      scriptId: 0,
      line: 3,
      column: 5,
      allocationCount: 4,
      allocationSize: 4000,
      liveCount: 1,
      liveSize: 1000,
    });
    expect(Object.keys(document.intervals[0])).toEqual([
      'timestampMicroseconds',
      'lastAssignedId',
      'liveCount',
      'liveSize',
    ]);
  });

  it('says that nothing was recorded', async () => {
    const { SnapshotBuilder } = await import('../../snapshot-builder/src/index.js');
    const file = join(shop, '..', 'plain.heapsnapshot');
    writeFileSync(file, new SnapshotBuilder().toJson());
    const io = createTestIo();
    expect(await runCli(['allocations', file], io)).toBe(0);
    expect(io.out).toMatch(/no allocations were recorded/);
  });
});
