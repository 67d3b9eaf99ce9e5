import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';

/** Headless, as root in a container too, and silent on the network. */
const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Bytes of a page. */
export interface PageMemory {
  /** Of the process that runs the page: memory that is its alone. */
  readonly process: number;
  /** JavaScript in use, after a collection. */
  readonly script: number;
  /** Nodes of the document. */
  readonly domNodes: number;
}

/** A browser with the viewer's page. */
export class ViewerPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #session: CDPSession;
  readonly #profile: string;

  static async open(url: string): Promise<ViewerPage> {
    const profile = mkdtempSync(join(tmpdir(), 'heapstream-bench-viewer-'));
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: CHROMIUM_ARGUMENTS,
      viewport: { width: 1360, height: 860 },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    return new ViewerPage(page, context, await context.newCDPSession(page), profile);
  }

  private constructor(page: Page, context: BrowserContext, session: CDPSession, profile: string) {
    this.page = page;
    this.#context = context;
    this.#session = session;
    this.#profile = profile;
  }

  /** When a row of the first table is there to be read. */
  async untilRows(): Promise<void> {
    await this.page.locator('[role=treegrid] .line .tree-cell').first().waitFor({ timeout: 600_000 });
  }

  /** Opens classes with very many objects, and scrolls through them as fast as the wheel goes. */
  async scrollThroughClasses(): Promise<void> {
    await this.page.locator('[role=columnheader]', { hasText: 'Count' }).getByRole('button').click();
    await this.page.waitForTimeout(1_000);
    await this.page.locator('[role=treegrid] .line .twisty').first().click();
    await this.page.locator('[role=treegrid]').hover();
    for (let turn = 0; turn < 150; turn++) {
      await this.page.mouse.wheel(0, turn % 10 === 9 ? 200_000 : 2_000);
      await this.page.waitForTimeout(20);
    }
    await this.page.waitForTimeout(2_000);
  }

  async memory(): Promise<PageMemory> {
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('Performance.enable');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metricOf = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return {
      process: Math.max(...(await this.#rendererPids()).map(privateBytes)),
      script: metricOf('JSHeapUsedSize'),
      domNodes: metricOf('Nodes'),
    };
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  async #rendererPids(): Promise<number[]> {
    const browser = await this.#context.browser()?.newBrowserCDPSession();
    if (!browser) return rendererPidsOf(this.#profile);
    const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }
}

/** Renderers of the browser that has this profile, by their command lines. */
function rendererPidsOf(profile: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const parents = lines.filter((line) => line.includes(profile) && line.includes('--type=renderer'));
  return parents.map((line) => Number.parseInt(line, 10));
}

/** Private pages of a process. */
function privateBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Array.from(
    rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm),
    ([, kilobytes]) => Number(kilobytes) * 1024,
  ).reduce((sum, bytes) => sum + bytes, 0);
}
