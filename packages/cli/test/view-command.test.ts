import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startViewer, ViewerClient } from '@heapstream/viewer';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { HEAPSTREAM_BIN, heapstream } from './support/heapstream-command.js';
import { shopSnapshot } from './support/shop-snapshot.js';

const folder = temporaryFolder();

function fileOf(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const shop = fileOf('shop.heapsnapshot', shopSnapshot());
const broken = fileOf('broken.heapsnapshot', '{"snapshot":');

interface RunningView {
  readonly child: ChildProcess;
  readonly url: string;
  /** All of standard error, when it has ended. */
  readonly errors: Promise<string>;
}

/** Starts the built command and waits for the address that it prints. */
async function view(...args: readonly string[]): Promise<RunningView> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, WSL_DISTRO_NAME: ___, ...env } = process.env;
  const child = spawn(process.execPath, [HEAPSTREAM_BIN, 'view', ...args], { env, cwd: folder });
  const errors = text(child.stderr!);
  const [line] = await once(child.stdout!, 'data');
  return { child, url: String(line).trimEnd(), errors };
}

async function interrupt({ child, errors }: RunningView): Promise<{ status: number | null; errors: string }> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const [status] = await ended;
  return { status, errors: await errors };
}

async function untilLoaded(client: ViewerClient): Promise<void> {
  for (;;) {
    const { snapshots } = await client.get('state', {});
    if (snapshots.every(({ status }) => status === 'ready' || status === 'failed')) return;
  }
}

describe('heapstream view', () => {
  it('prints an address that answers, until Ctrl-C, and leaves nothing behind', async () => {
    const before = readdirSync(folder);
    const running = await view(shop, shop, '--no-open');
    expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const client = new ViewerClient({ url: running.url });
    await untilLoaded(client);
    const { rows } = await client.get('classes', { snapshot: 1, filter: 'Session' });
    expect(rows.map(({ count, name }) => [name, count])).toEqual([
      ['Session', 1],
      ['Session', 1],
    ]);
    expect(await interrupt(running)).toEqual({ status: 130, errors: '' });
    await expect(client.get('state', {})).rejects.toThrow('fetch failed');
    expect(readdirSync(folder)).toEqual(before);
  });

  it('opens no browser where there is no screen', async () => {
    const running = await view(shop);
    expect(await interrupt(running)).toEqual({ status: 130, errors: '' });
  });

  it('serves what opens, and tells what does not', async () => {
    const running = await view(broken, shop, '--no-open');
    const client = new ViewerClient({ url: running.url });
    await untilLoaded(client);
    expect((await client.get('classes', { snapshot: 1 })).total).toBeGreaterThan(0);
    const { errors, status } = await interrupt(running);
    expect(status).toBe(130);
    expect(errors).toMatch(/^heapstream: .*broken\.heapsnapshot: .*\n$/);
  });

  it('ends with the status of bad snapshots where none opens', async () => {
    const { status, stderr } = await heapstream(['view', broken, join(folder, 'missing'), '--no-open']);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^heapstream: .*broken\.heapsnapshot: /);
  });

  it('refuses standard input, bad ports, and a port that is taken', async () => {
    const stdin = await heapstream(['view', '-']);
    expect(stdin).toMatchObject({ status: 2, stderr: 'heapstream: view needs files, not standard input\n' });
    for (const port of ['65536', '-1', 'http', '1.5']) {
      const { status, stderr } = await heapstream(['view', shop, `--port=${port}`]);
      expect(status).toBe(2);
      expect(stderr).toContain('Expected a number from 0 to 65535.');
    }
    const other = await startViewer({ files: [shop] });
    const taken = await heapstream(['view', shop, '--no-open', '--port', String(other.port)]);
    expect(taken).toEqual({ status: 2, stdout: '', stderr: `heapstream: port ${other.port} is taken\n` });
    await other.close();
  });

  it('keeps an index file with --index', async () => {
    const indexed = fileOf('indexed.heapsnapshot', shopSnapshot());
    const running = await view(indexed, '--no-open', '--index');
    await untilLoaded(new ViewerClient({ url: running.url }));
    await interrupt(running);
    expect(readdirSync(folder)).toContain('indexed.heapsnapshot.heapidx');
  });
});
