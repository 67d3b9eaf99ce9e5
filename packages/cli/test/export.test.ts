import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { exportText } from '../src/export-formats.js';
import { runCli } from '../src/index.js';
import { writeFileWhole } from '../src/output-file.js';
import { HEAPSTREAM_BIN } from './support/heapstream-command.js';
import { shopSnapshot } from './support/shop-snapshot.js';
import { createTestIo } from './support/test-io.js';

const folder = temporaryFolder();
const shop = join(folder, 'shop.heapsnapshot');
writeFileSync(shop, shopSnapshot());

async function exported(...args: string[]): Promise<string> {
  const io = createTestIo();
  expect(await runCli(['export', shop, ...args], io)).toBe(0);
  return io.out;
}

const rowsOf = (text: string) => text.trimEnd().split('\n');

describe('heapstream export', () => {
  it('writes nodes as JSON, one a line', async () => {
    const rows = rowsOf(await exported('--table', 'nodes')).map((line) => JSON.parse(line));
    expect(rows).toHaveLength(12);
    expect(Object.entries(rows[4])).toEqual([
      ['id', 9],
      ['type', 'object'],
      ['name', 'Session'],
      ['class', 'Session'],
      ['shallowSize', 1000],
      ['retainedSize', 1040],
      ['distance', 4],
      ['dominator', 7],
      ['detached', false],
    ]);
    expect(rows[0]).toMatchObject({ id: 1, dominator: 1 });
    expect(rows.at(-1)).toMatchObject({ class: 'Garbage', distance: null });
    expect(rows.at(-2)).toMatchObject({ name: 'Detached <div>', detached: true });
  });

  it('writes CSV with a head line, and quotes what needs it', async () => {
    const text = await exported('--table', 'nodes', '--format', 'csv');
    expect(text.split('\n')[0]).toBe(
      'id,type,name,class,shallowSize,retainedSize,distance,dominator,detached',
    );
    expect(text).toContain('15,string,"some, ""quoted""\ntext",(string),40,40,5,9,false\n');
    expect(text).toContain('25,object,Garbage,Garbage,16,16,,1,false\n');
  });

  it('writes edges and strings', async () => {
    const edges = rowsOf(await exported('--table', 'edges')).map((line) => JSON.parse(line));
    expect(edges[0]).toEqual({ from: 1, to: 3, type: 'shortcut', name: 'window' });
    expect(edges).toContainEqual({ from: 7, to: 9, type: 'element', name: 0 });
    const strings = rowsOf(await exported('--table', 'strings')).map((line) => JSON.parse(line));
    expect(strings).toContainEqual({ ordinal: expect.any(Number), length: 3, value: 'Map' });
    expect(strings.map(({ ordinal }) => ordinal)).toEqual(strings.map((_, i) => i));
  });

  it('writes a file that is the same, and nothing else', async () => {
    const output = join(folder, 'nodes.ndjson');
    writeFileSync(output, 'old');
    expect(await exported('--table', 'nodes', '--output', output)).toBe('');
    expect(readFileSync(output, 'utf8')).toBe(await exported('--table', 'nodes'));
    expect(readdirSync(folder).sort()).toEqual(['nodes.ndjson', 'shop.heapsnapshot']);
  });

  it('fails with status 5 where it cannot write', async () => {
    const io = createTestIo();
    const output = join(folder, 'nowhere', 'x');
    expect(await runCli(['export', shop, '--table', 'edges', '--output', output], io)).toBe(5);
    expect(io.err).toMatch(/^heapstream: cannot write the output: ENOENT[^\n]*\n$/);
    const busy = join(folder, 'busy');
    mkdirSync(busy);
    expect(await runCli(['export', shop, '--table', 'edges', '--output', busy], createTestIo())).toBe(5);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('asks which table', async () => {
    const io = createTestIo();
    expect(await runCli(['export', shop], io)).toBe(2);
    expect(io.err).toContain('--table');
  });

  it('writes to a pipe', () => {
    const text = execFileSync(process.execPath, [HEAPSTREAM_BIN, 'export', shop, '--table', 'strings']);
    expect(rowsOf(String(text)).length).toBeGreaterThan(5);
  });
});

describe('what stops half-way', () => {
  const endless = {
    columns: ['x'],
    rowCount: Number.POSITIVE_INFINITY,
    cellsOf: (row: number) => [row, 'y'],
  };

  it('leaves the old file and no other', async () => {
    const file = join(folder, 'kept');
    writeFileSync(file, 'old');
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('interrupted')), 20);
    const writing = writeFileWhole(file, exportText(endless, 'csv', controller.signal));
    await expect(writing).rejects.toMatchObject({ name: 'OperationAbortedError' });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.startsWith('kept'))).toEqual(['kept']);
    expect(existsSync(`${file}.${process.pid}.tmp`)).toBe(false);
  });
});
