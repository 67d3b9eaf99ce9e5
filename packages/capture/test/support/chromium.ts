import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CHROMIUM_ARGUMENTS } from './chromium-arguments.js';

/** Starts Chromium with one page and returns the port of its inspector; it ends with the test. */
export async function startChromium(html: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'heapstream-chromium-'));
  const page = `data:text/html;base64,${Buffer.from(html).toString('base64')}`;
  const browser = spawn(
    'chromium',
    [...CHROMIUM_ARGUMENTS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, page],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  onTestFinished(async () => {
    const ended = once(browser, 'exit');
    // with all its helpers
    process.kill(-browser.pid!, 'SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  });
  return portOf(browser);
}

function portOf(browser: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    browser.once('error', reject);
    browser.once('exit', (status) => reject(new Error(`chromium ended with ${status}: ${text}`)));
    browser.stderr!.on('data', (data) => {
      text += data;
      const [, port] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
