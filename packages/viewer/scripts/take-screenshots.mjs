/**
 * Takes pictures of every view into docs/screenshots, of the demo's snapshots: `node packages/viewer/scripts/take-screenshots.mjs`
 * after a build; names of pictures behind it take these only. Needs the command `chromium`.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startViewer } from '@heapstream/viewer';
import initOptimiser, { optimise } from '@jsquash/oxipng/codec/pkg/squoosh_oxipng.js';
import { chromium } from 'playwright-core';

const DEMO = fileURLToPath(new URL('../../../demo/leaking-server.mjs', import.meta.url));
/** A recording of allocations, which the demo has none of. */
const RECORDING = fileURLToPath(
  new URL('../../core/test/fixtures/real/node-22-timeline.heaptimeline.br', import.meta.url),
);
const OUTPUT = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const MAX_BYTES = 200_000;
const VIEWPORT = { width: 1280, height: 760 };
/** Rounds of load, with a snapshot after each. */
const ROUNDS = 3;

/** Each a picture: where to go, in which colours, and what to do there. `object`: the list that leaks is selected. */
const PICTURES = [
  { name: 'summary', place: 'summary', act: (page) => openClass(page, 'Promise') },
  { name: 'summary-dark', place: 'summary', colours: 'dark', act: (page) => openClass(page, 'Generator') },
  {
    name: 'comparison',
    place: 'comparison',
    base: 0,
    act: (page) => openClass(page, 'Promise', 'New objects'),
  },
  { name: 'containment', place: 'containment', form: 'reveal', object: true },
  { name: 'dominators', place: 'dominators', form: 'reveal', object: true },
  { name: 'dominator-chart', place: 'dominators', form: 'chart', zoom: 'Map' },
  { name: 'dominator-chart-dark', place: 'dominators', form: 'chart', colours: 'dark' },
  { name: 'retainers', place: 'leaks', object: true, act: openRetainers },
  { name: 'statistics', place: 'statistics' },
  { name: 'trend', place: 'trend', colours: 'dark' },
  { name: 'leaks', place: 'leaks', act: (page) => page.locator('.finding summary').first().click() },
  { name: 'strings', place: 'strings' },
  { name: 'allocations', place: 'allocations', isRecording: true },
  { name: 'allocation-functions', place: 'allocations', isRecording: true, form: 'functions' },
  { name: 'search', place: 'search', filter: '/^(handleRequest|Backend|Generator)$/' },
];

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'shop-'));
const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
});
try {
  const optimiser = import.meta.resolve('@jsquash/oxipng/codec/pkg/squoosh_oxipng_bg.wasm');
  await initOptimiser(readFileSync(fileURLToPath(optimiser)));
  await takePictures(
    makeSnapshots(),
    PICTURES.filter(({ isRecording }) => !isRecording),
  );
  await takePictures(
    [RECORDING],
    PICTURES.filter(({ isRecording }) => isRecording),
  );
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The server runs from a folder of its own, which pictures show as the place of its code. */
function makeSnapshots() {
  const server = join(folder, 'leaking-server.mjs');
  cpSync(DEMO, server);
  execFileSync(process.execPath, [server, folder, String(ROUNDS)], { env: {}, stdio: 'inherit' });
  const names = ['before', 'after', 'after-2', 'after-3'];
  return names.map((name) => join(folder, `${name}.heapsnapshot`));
}

async function takePictures(files, pictures) {
  const viewer = await startViewer({ files });
  try {
    await viewer.loaded;
    if (viewer.failures.length > 0) throw viewer.failures[0];
    for (const picture of pictures) {
      if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
      const bytes = await takePicture(viewer, picture);
      if (bytes.length > MAX_BYTES) throw new Error(`${picture.name}: ${bytes.length} bytes are too many`);
      mkdirSync(OUTPUT, { recursive: true });
      writeFileSync(join(OUTPUT, `${picture.name}.png`), bytes);
      console.log(`${picture.name}.png  ${Math.round(bytes.length / 1000)} kB`);
    }
  } finally {
    await viewer.close();
  }
}

async function takePicture(viewer, picture) {
  const { act, colours = 'light' } = picture;
  const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: colours });
  const page = await context.newPage();
  await page.goto(`${viewer.url}#/summary`);
  await page.goto(`${new URL(viewer.url).origin}/${await addressOf(page, picture)}`);
  await settle(page);
  await act?.(page);
  await settle(page);
  await page.mouse.move(0, 0);
  const png = await page.screenshot();
  await context.close();
  return Buffer.from(optimise(png, 3, false, false));
}

/** The part of the address behind `#`. */
async function addressOf(page, picture) {
  const { place, form, base, filter, object, zoom, isRecording } = picture;
  const snapshot = isRecording ? 0 : ROUNDS;
  const parameters = new URLSearchParams({ snapshot: String(snapshot) });
  if (form !== undefined) parameters.set('form', form);
  if (base !== undefined) parameters.set('base', String(base));
  if (filter !== undefined) parameters.set('filter', filter);
  if (object) parameters.set('object', String(await idOf(page, 'grown?base=0&current=1&limit=1')));
  if (zoom !== undefined) {
    parameters.set(
      'zoom',
      String(await idOf(page, `search?snapshot=${snapshot}&query=${zoom}&type=object&limit=1`)),
    );
  }
  return `#/${place}?${parameters}`;
}

/** Of the first object of an answer. */
function idOf(page, request) {
  return page.evaluate(async (route) => {
    const answer = await fetch(`/api/${route}`);
    return (await answer.json()).rows[0].id;
  }, request);
}

async function settle(page) {
  await page.locator('.view').waitFor();
  await page.waitForFunction(
    () => document.querySelector('.placeholder, .is-waiting, [aria-busy=true]') === null,
  );
  await page.waitForTimeout(300);
}

/** Opens rows one below the other, and selects the first one in the last. */
async function openClass(page, ...names) {
  for (const name of names) {
    await page.locator('.line', { hasText: name }).first().locator('.twisty').click();
    await settle(page);
  }
  await page
    .locator(`.line[aria-level="${names.length + 1}"]`)
    .first()
    .click();
}

async function openRetainers(page) {
  await page.getByRole('tab', { name: /Retainers/ }).click();
  for (let level = 0; level < 4; level++) {
    await settle(page);
    await page.locator('.pane .twisty.can-expand:not(.is-open)').first().click();
  }
}
