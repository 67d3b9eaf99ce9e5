import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { HEAPSTREAM_BIN, heapstream } from './support/heapstream-command.js';
import { SERVER_NODES, SERVER_TOTAL_SIZE, type SmallNode, snapshotText } from './support/small-snapshot.js';

const folder = temporaryFolder();

function writeSnapshot(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const serverText = snapshotText(SERVER_NODES);
const server = writeSnapshot('server.heapsnapshot', serverText);

/** Enough rows to fill the pipe to a reader several times. */
const manyClasses = writeSnapshot(
  'many.heapsnapshot',
  snapshotText(
    Array.from({ length: 3000 }, (_, i): SmallNode => {
      return { type: 'object', name: `Class${i}${'x'.repeat(100)}`, selfSize: 8 + i };
    }),
  ),
);

const ESCAPE = '\x1b';
const CONTROL_CHARACTER = /(?!\n)\p{Cc}/u;

describe('heapstream summary', () => {
  it('prints classes, largest first, with their locations, and the statistics', async () => {
    const { status, stdout, stderr } = await heapstream(['summary', server]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(`${server}: 9 nodes, 10 edges, 9 strings, total size 10 kB`);
    expect(lines[2]).toBe(
      'Class            Location            Count  Distance  Shallow size  Retained size  Share',
    );
    expect(lines[3]).toBe(
      'Session          src/server.ts:11:3      2         1          6 kB           6 kB  60.0%',
    );
    expect(lines[4]).toBe(
      'Buffer                                   1         1          3 kB           3 kB  30.0%',
    );
    expect(lines.find((line) => line.startsWith('  Strings'))).toMatch(/ 500 B +5\.0%$/);
    expect(lines.at(-2)).toMatch(/^Total +10 kB +100\.0%$/);
  });

  it('prints the JSON that other tools rely on', async () => {
    const { status, stdout } = await heapstream(['summary', server, '--json']);
    expect(status).toBe(0);
    const summary = JSON.parse(stdout);
    expect(Object.keys(summary)).toEqual([
      'file',
      'nodeCount',
      'edgeCount',
      'stringCount',
      'totalSize',
      'statistics',
      'classes',
    ]);
    const { classes, ...rest } = summary;
    expect(rest).toEqual({
      file: server,
      nodeCount: 9,
      edgeCount: 10,
      stringCount: 9,
      totalSize: SERVER_TOTAL_SIZE,
      statistics: {
        total: SERVER_TOTAL_SIZE,
        native: { total: 0, typedArrays: 0 },
        v8heap: { total: SERVER_TOTAL_SIZE, code: 400, jsArrays: 0, strings: 500, system: 0 },
      },
    });
    expect(classes[0]).toEqual({
      name: 'Session',
      location: { scriptId: 7, scriptName: 'src/server.ts', line: 10, column: 2 },
      count: 2,
      shallowSize: 6000,
      retainedSize: 6000,
      distance: 1,
    });
    expect(classes[1]).toEqual({
      name: 'Buffer',
      location: null,
      count: 1,
      shallowSize: 3000,
      retainedSize: 3000,
      distance: 1,
    });
    const sizes = classes.map(({ retainedSize }: { retainedSize: number }) => retainedSize);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('reads standard input, and says so in JSON as it was asked', async () => {
    const { status, stdout } = await heapstream(['summary', '-', '--json'], { stdin: serverText });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: '-', nodeCount: 9, totalSize: SERVER_TOTAL_SIZE });
  });

  it.each([
    ['file', [writeSnapshot('server.heapsnapshot.gz', gzipSync(serverText))]],
    ['pipe', ['-']],
  ])('reads gzip from a %s', async (_, files) => {
    const { stdout } = await heapstream(['summary', ...files, '--json'], { stdin: gzipSync(serverText) });
    expect(JSON.parse(stdout).totalSize).toBe(SERVER_TOTAL_SIZE);
  });

  it('shows the first rows and those that match', async () => {
    const top = await heapstream(['summary', server, '--top', '1']);
    expect(top.stdout).toContain('Session');
    expect(top.stdout).not.toContain('Buffer');
    expect(top.stdout).toMatch(/^… and \d+ more \(--top\)$/m);
    const byLocation = await heapstream(['summary', server, '--json', '--filter', 'SERVER.ts:11']);
    expect(JSON.parse(byLocation.stdout).classes).toHaveLength(1);
  });

  it('prints exact sizes on request', async () => {
    const { stdout } = await heapstream(['summary', server, '--bytes']);
    expect(stdout).toMatch(/^Session .* 6000 +6000 +60\.0%$/m);
  });

  it('disarms names that hold escape sequences, in text and in JSON', async () => {
    const name = `${ESCAPE}]0;owned\x07\u009b2JEvil\nSession`;
    const file = writeSnapshot(
      'hostile.heapsnapshot',
      snapshotText([{ type: 'object', name, selfSize: 100 }]),
    );
    const text = await heapstream(['summary', file]);
    expect(text.stdout).toContain('\\x1b]0;owned\\x07\\x9b2JEvil\\nSession');
    expect(text.stdout).not.toMatch(CONTROL_CHARACTER);
    const json = await heapstream(['summary', file, '--json']);
    expect(json.stdout).not.toMatch(CONTROL_CHARACTER);
    expect(JSON.parse(json.stdout).classes[0].name).toBe(name);
  });

  it('colours what is no terminal only when told to', async () => {
    const plain = await heapstream(['summary', server]);
    const forced = await heapstream(['summary', server], { env: { FORCE_COLOR: '1' } });
    const forbidden = await heapstream(['summary', server], { env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain(ESCAPE);
    expect(forced.stdout).toContain(`${ESCAPE}[1m`);
    expect(forbidden.stdout).not.toContain(ESCAPE);
  });
});

describe('heapstream histogram', () => {
  it('prints counts and self sizes per type and name', async () => {
    const { status, stdout } = await heapstream(['histogram', server]);
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(`${server}: 9 nodes, total self size 10 kB`);
    expect(lines[3]).toMatch(/^object +Session +2 +6 kB +60\.0%$/);
  });

  it('prints JSON', async () => {
    const { stdout } = await heapstream(['histogram', '-', '--json', '--top', '2'], { stdin: serverText });
    expect(JSON.parse(stdout)).toEqual({
      file: '-',
      nodeCount: 9,
      totalSelfSize: SERVER_TOTAL_SIZE,
      rows: [
        { type: 'object', name: 'Session', count: 2, selfSize: 6000 },
        { type: 'object', name: 'Buffer', count: 1, selfSize: 3000 },
      ],
    });
  });
});

describe('heapstream paths', () => {
  it('reads standard input', async () => {
    const { status, stdout } = await heapstream(['paths', '-', 'Session'], { stdin: serverText });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\[0\] +Session {2}@3 +1 +4 kB +4 kB$/m);
  });

  it('refuses an object that is not there with status 2 and one line', async () => {
    const { status, stdout, stderr } = await heapstream(['paths', server, '@4']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'heapstream: no object with the id @4 in the snapshot\n',
    });
  });
});

describe('heapstream export', () => {
  it('writes a row for every node, and the same to a file', async () => {
    const output = join(folder, 'nodes.ndjson');
    const args = ['export', server, '--table', 'nodes'];
    const { status, stdout } = await heapstream(args);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(SERVER_NODES.length + 1);
    expect(await heapstream([...args, '--output', output])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(output, 'utf8')).toBe(stdout);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a truncated snapshot', writeSnapshot('truncated.heapsnapshot', serverText.slice(0, -20))],
    ['another kind of file', writeSnapshot('package.heapsnapshot', '{"name":"x"}')],
    ['no JSON', writeSnapshot('text.heapsnapshot', 'hello\x1b[2J\n')],
    ['an empty file', writeSnapshot('empty.heapsnapshot', '')],
    ['no file', join(folder, 'missing.heapsnapshot')],
    ['a folder', folder],
  ])('%s ends with status 3 and one line', async (_, file) => {
    for (const command of ['summary', 'histogram']) {
      const { status, stdout, stderr } = await heapstream([command, file, '--json']);
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toMatch(/^heapstream: [^\n]+\n$/);
      expect(stderr).not.toMatch(CONTROL_CHARACTER);
      expect(stderr).toContain(file);
    }
  });

  it('--debug adds the stack trace', async () => {
    const { status, stderr } = await heapstream(['summary', join(folder, 'missing.heapsnapshot'), '--debug']);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^heapstream: .*\n(.*\n)+? +at /);
  });

  it('wrong usage ends with status 2 and one line', async () => {
    for (const args of [
      ['summary'],
      ['summary', server, '--top', 'x'],
      ['summary', server, '--nope'],
      ['nope'],
    ]) {
      const { status, stdout, stderr } = await heapstream(args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^heapstream: [^\n]+\n$/);
    }
  });

  it.each([
    ['summary --json'],
    ['histogram --json'],
    ['summary --top 3000'],
    ['histogram --top 3000'],
    ['export --table nodes'],
  ])('%s | head ends quietly', async (line) => {
    const child = spawn(process.execPath, [HEAPSTREAM_BIN, ...line.split(' '), manyClasses]);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [status] = await once(child, 'close');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  describe('a snapshot that will not fit into memory', () => {
    // the header of billions of nodes, and a file that could hold them but takes no room on the disk
    const text = snapshotText(SERVER_NODES, { node_count: 2e9, edge_count: 4e9 });
    const file = writeSnapshot('huge.heapsnapshot', text.slice(0, text.indexOf('"nodes":')));
    truncateSync(file, 1e12);

    it.each([['summary'], ['paths @1'], ['export --table strings']])(
      '%s refuses it with status 5, the figures and what to do',
      async (line) => {
        const [name, ...options] = line.split(' ');
        const { status, stdout, stderr } = await heapstream([name, file, ...options]);
        expect({ status, stdout }).toEqual({ status: 5, stdout: '' });
        expect(stderr).toMatch(
          /^heapstream: .*huge\.heapsnapshot: opening (and analysing )?it takes about \d+\.\d GB of memory, and \d+(\.\d GB| MB) of the \d.*GB that .* are free \(--ignore-memory tries all the same; heapstream histogram keeps no graph\)\n$/,
        );
      },
    );

    it('is read on with --ignore-memory, and by what keeps no graph', async () => {
      for (const args of [
        ['summary', file, '--ignore-memory'],
        ['histogram', file],
      ]) {
        const { status, stderr } = await heapstream(args);
        // the file ends in zeros
        expect(stderr).toMatch(/huge\.heapsnapshot: document, byte \d+: expected .*, got byte 0x00\n$/);
        expect(status).toBe(3);
      }
    });
  });

  it('Ctrl-C ends with status 130 and one line', async () => {
    const child = spawn(process.execPath, [HEAPSTREAM_BIN, 'summary', '-']);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => {});
    // Half a snapshot, more than a pipe holds: once it is taken, the command is reading.
    const written = new Promise((resolve) =>
      child.stdin.write(`{"padding":"${'x'.repeat(2_000_000)}`, resolve),
    );
    await written;
    child.kill('SIGINT');
    const [status] = await once(child, 'close');
    expect({ status, stderr }).toEqual({ status: 130, stderr: 'heapstream: interrupted\n' });
  });

  it.runIf(process.platform === 'linux')('a full disk ends with status 5 and one line', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [HEAPSTREAM_BIN, 'summary', server], {
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    const [status] = await once(child, 'close');
    expect(status).toBe(5);
    expect(stderr).toMatch(/^heapstream: cannot write the output: ENOSPC[^\n]*\n$/);
  });
});
