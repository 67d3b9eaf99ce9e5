import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { CHROMIUM_ARGUMENTS } from '../../../../capture/test/support/chromium-arguments.js';

/** A file of the viewer: a path, or a name and what to write into it. */
export type SnapshotFile = string | { readonly name: string; readonly bytes: Uint8Array | string };

/** What a page did besides showing something. */
export interface Conduct {
  readonly requests: string[];
  /** Errors of scripts, and what the browser complains about: refused content among it. */
  readonly complaints: string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** The part of the address behind `#`. Default: the Summary. */
  readonly place?: string;
  /** Of the browser's complaints, those that the test is about. */
  readonly expected?: RegExp;
}

export interface ViewerFixture {
  /** The address of the viewer, with its token. */
  readonly url: URL;
  readonly browser: Browser;
  /**
   * The viewer's page in a profile of its own. When the test is over, it fails where the page asked another machine, or
   * where the browser complained.
   */
  open(options?: OpenOptions): Promise<Page>;
}

/** Starts a viewer, in a process of its own, and a browser before the tests of a file. */
export function useViewer(
  files: () => readonly SnapshotFile[],
  browserArguments: string[] = [],
): ViewerFixture {
  let url: URL;
  let server: ChildProcess;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'heapstream-viewer-'));
    const paths = files().map((file) => (typeof file === 'string' ? file : write(folder, file)));
    server = fork(RUN_VIEWER, paths, { stdio: 'inherit' });
    const launched = chromium.launch({
      executablePath: chromiumPath(),
      args: [...CHROMIUM_ARGUMENTS, ...browserArguments],
    });
    url = new URL((await messageOf(server)).url!);
    await messageOf(server);
    browser = await launched;
  });
  afterAll(async () => {
    await browser?.close();
    if (server.exitCode === null) {
      const ended = once(server, 'exit');
      server.disconnect();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get url() {
      return url;
    },
    get browser() {
      return browser;
    },
    open: (options = {}) => openPage(url, browser, options),
  };
}

const RUN_VIEWER = fileURLToPath(new URL('run-viewer.mjs', import.meta.url));

/** The next one; rejects where the process ends instead. */
async function messageOf(server: ChildProcess): Promise<{ readonly url?: string }> {
  const abort = new AbortController();
  try {
    return await Promise.race([
      once(server, 'message', { signal: abort.signal }).then(([message]) => message as { url?: string }),
      once(server, 'exit', { signal: abort.signal }).then(([status]) => {
        throw new Error(`the viewer ended with ${status}`);
      }),
    ]);
  } finally {
    abort.abort();
  }
}

function write(folder: string, { name, bytes }: Exclude<SnapshotFile, string>): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function chromiumPath(): string {
  return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
}

async function openPage(url: URL, browser: Browser, options: OpenOptions): Promise<Page> {
  const { place = '', expected, ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ...contextOptions });
  const page = await context.newPage();
  const conduct = watchConduct(page);
  onTestFinished(async () => {
    await context.close();
    expect(conduct.requests.filter((address) => new URL(address).origin !== url.origin)).toEqual([]);
    expect(conduct.complaints.filter((text) => !expected?.test(text))).toEqual([]);
  });
  await page.goto(`${url}${place}`);
  return page;
}

/** Notes what a page asks for and what goes wrong in it. */
export function watchConduct(page: Page): Conduct {
  const conduct: Conduct = { requests: [], complaints: [] };
  page.on('request', (request) => conduct.requests.push(request.url()));
  page.on('pageerror', (error) => conduct.complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') conduct.complaints.push(message.text());
  });
  return conduct;
}
