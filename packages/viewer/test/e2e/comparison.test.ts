import { expect, test } from 'vitest';
import { shopFile } from './support/shop-heap.js';
import { POLL, TablePage } from './support/table-page.js';
import { useViewer } from './support/viewer-fixture.js';

const fixture = useViewer(() => [
  shopFile('morning.heapsnapshot', 5),
  shopFile('noon.heapsnapshot', 25),
  shopFile('evening.heapsnapshot', 65),
]);

test('two snapshots compare class by class, down to new and deleted objects', async () => {
  const page = await fixture.open({ place: '#/comparison' });
  const table = new TablePage(page, 'Classes that changed');
  // noon to evening: 40 orders of 100 bytes and their closures
  expect(await table.cellsOf(/^Order/)).toEqual([
    'Order',
    '40',
    '0',
    '+40',
    '4 kB',
    '0 B',
    '+4 kB',
    '+23.1 kB',
  ]);
  await table.toggle(/^Order/);
  await table.toggle('New objects');
  await expect
    .poll(async () => (await table.names()).filter((name) => /^\+ Order @/.test(name)).length, POLL)
    .toBeGreaterThan(10);
  expect(await table.names()).not.toContain('− Deleted objects');

  await page.getByRole('combobox', { name: 'Compared with' }).selectOption('morning');
  await expect.poll(async () => (await table.cellsOf(/^Order/))[1], POLL).toBe('60');
  expect(new URL(page.url()).hash).toContain('base=0');

  // the other way around: what went away
  await page.getByRole('button', { name: /morning/ }).click();
  await page.getByRole('combobox', { name: 'Compared with' }).selectOption('evening');
  await expect
    .poll(async () => (await table.cellsOf(/^Order/)).slice(1, 4), POLL)
    .toEqual(['0', '60', '−60']);
  await table.toggle(/^Order/);
  await table.toggle('Deleted objects');
  await table.select(/^\s*−\s*Order/);
  const details = page.getByRole('region', { name: 'Selected object' });
  await details.locator('.facts-name').filter({ hasText: 'evening.heapsnapshot' }).waitFor();
  expect(new URL(page.url()).hash).toContain('object-in=2');
});

test('objects of both snapshots that grew are listed, and a trend shows all of them', async () => {
  const page = await fixture.open({ place: '#/comparison?form=grown' });
  const grown = new TablePage(page, 'Objects that grew');
  await expect.poll(async () => (await grown.names())[0], POLL).toMatch(/^Array @13/);

  await page.getByRole('link', { name: 'Trend' }).click();
  const table = new TablePage(page, 'Classes over the snapshots');
  expect((await table.cellsOf(/^Order/)).slice(2, 4)).toEqual(['+60', '+6 kB']);
  const chart = page.getByRole('img', {
    name: 'Shallow size of classes over the snapshots; the table has the figures',
  });
  expect(await chart.locator('.series').first().locator('circle').count()).toBe(3);
  await page.getByRole('radio', { name: 'Count' }).check({ force: true });
  await page
    .getByRole('img', { name: 'Count of classes over the snapshots; the table has the figures' })
    .waitFor();
});

test('leaks name what grows and what holds it', async () => {
  const page = await fixture.open({ place: '#/leaks' });
  const finding = page.getByRole('article').filter({ hasText: '@13' });
  await finding.waitFor();
  expect(await finding.textContent()).toContain('objects');
  await finding.locator('summary').click();
  await finding
    .getByRole('list', { name: 'Path from the root to the object' })
    .getByRole('button', { name: /Shop/ })
    .click();
  await page
    .getByRole('region', { name: 'Selected object' })
    .locator('.facts-name')
    .filter({ hasText: 'Shop' })
    .waitFor();
});
