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

test('a trend and leaks are of the snapshots chosen, in the order chosen, by keys alone', async () => {
  const page = await fixture.open({ place: '#/trend' });
  const table = new TablePage(page, 'Classes over the snapshots');
  const deltas = async (): Promise<string[]> => (await table.cellsOf(/^Order/)).slice(2, 4);
  expect(await deltas()).toEqual(['+60', '+6 kB']);
  const menu = page.getByRole('group', { name: 'The oldest first' });
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    );
  const opener = page.locator('summary', { hasText: 'snapshots' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await menu.getByRole('checkbox', { name: 'evening' }).focus();
  await page.keyboard.press('Space');
  await expect.poll(deltas, POLL).toEqual(['+20', '+2 kB']);
  // a trend takes two
  expect(await menu.getByRole('checkbox', { name: 'morning' }).isDisabled()).toBe(true);
  await page.keyboard.press('Space');
  await expect.poll(deltas, POLL).toEqual(['+60', '+6 kB']);
  await menu.getByRole('button', { name: 'Move evening up' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).hash, POLL).toBe('#/trend?snapshots=0%2C2%2C1');
  await expect.poll(focused, POLL).toBe('Move evening up');
  await page.keyboard.press('Enter');
  await expect.poll(deltas, POLL).toEqual(['−40', '−4 kB']);
  // it can go no further up
  await expect.poll(focused, POLL).toBe('Move evening down');
  await page.keyboard.press('Escape');
  await expect.poll(() => menu.isVisible(), POLL).toBe(false);
  await expect.poll(focused, POLL).toBe('All 3 snapshots');
  await page.reload();
  await expect.poll(deltas, POLL).toEqual(['−40', '−4 kB']);
  expect(new URL(page.url()).hash).toBe('#/trend?snapshots=2%2C0%2C1');

  await page.getByRole('link', { name: 'Leaks' }).click();
  await page.getByText('Nothing grows from each snapshot to the next.').waitFor();
  await opener.click();
  await menu.getByRole('button', { name: 'All, as they were opened' }).click();
  await page.getByRole('article').filter({ hasText: '@13' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#/leaks');
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
