import { expect, test } from 'vitest';
import { shopFile } from './support/shop-heap.js';
import { POLL, TablePage } from './support/table-page.js';
import { useViewer } from './support/viewer-fixture.js';

const fixture = useViewer(() => [shopFile('shop.heapsnapshot', 250)]);
const CLASSES = 'Classes and their objects';

test('a snapshot opens with its classes, the one that retains most first', async () => {
  const page = await fixture.open();
  const table = new TablePage(page, CLASSES);
  const names = await table.names();
  expect(names.slice(0, 3)).toEqual(['global', 'Shop', 'Array']);
  expect(await table.cellsOf(/^Order/)).toEqual(['Order', '250', '4', '25 kB 14.7 %', '164 kB 96.4 %']);
  await expect.poll(() => page.title(), POLL).toBe('Summary · shop.heapsnapshot · heapstream');
});

test('columns sort both ways, and say so', async () => {
  const page = await fixture.open();
  const table = new TablePage(page, CLASSES);
  await table.sortBy('Count');
  await expect.poll(async () => (await table.names())[0], POLL).toBe('(string)');
  const header = table.table.getByRole('columnheader', { name: 'Count' });
  expect(await header.getAttribute('aria-sort')).toBe('descending');
  await table.sortBy('Class');
  await expect.poll(async () => (await table.names())[0], POLL).toBe('(string)');
  await table.sortBy('Class');
  await expect.poll(async () => (await table.names())[0], POLL).toBe('global');
  expect(new URL(page.url()).hash).toBe('#/summary?sort=-name');
});

test('classes are filtered by text, by expression, by type, by size and by count', async () => {
  const page = await fixture.open();
  const table = new TablePage(page, CLASSES);
  const filter = page.getByRole('searchbox', { name: 'Filter classes' });
  await filter.fill('order');
  await expect.poll(() => table.names(), POLL).toEqual(['Order']);
  await filter.fill('/^(Shop|Cart)$/');
  await expect.poll(() => table.names(), POLL).toEqual(['Shop', 'Cart']);
  await filter.fill('/(/');
  await page.getByRole('alert').waitFor();
  expect(await filter.getAttribute('aria-invalid')).toBe('true');
  expect(await table.names()).toEqual(['Shop', 'Cart']);
  await filter.fill('no such class');
  await page.getByText('No class passes these filters.').waitFor();
  await filter.fill('');
  await page.getByRole('combobox', { name: 'Type' }).selectOption('closure');
  await expect.poll(() => table.names(), POLL).toEqual(['Function']);
  await page.getByRole('combobox', { name: 'Type' }).selectOption('');
  const size = page.getByRole('textbox', { name: 'Least size' });
  await size.fill('100 kB');
  await size.press('Enter');
  await expect.poll(async () => (await table.names()).includes('Cart'), POLL).toBe(false);
  expect(await table.names()).toContain('Order');
  await size.fill('');
  await size.press('Enter');
  await expect.poll(() => table.names(), POLL).toContain('Cart');
  const count = page.getByRole('textbox', { name: 'Least count' });
  await count.fill('1k objects');
  await count.press('Enter');
  await expect.poll(() => count.getAttribute('aria-invalid'), POLL).toBe('true');
  await count.fill('250');
  await count.press('Enter');
  await expect
    .poll(async () => (await table.names()).sort(), POLL)
    .toEqual(['(string)', 'Function', 'Order']);
  expect(new URL(page.url()).hash).toBe('#/summary?min-count=250');
  await page.reload();
  await expect
    .poll(async () => (await table.names()).sort(), POLL)
    .toEqual(['(string)', 'Function', 'Order']);
  expect(await count.inputValue()).toBe('250');
});

test('a class opens to its objects, and these to what they point to', async () => {
  const page = await fixture.open();
  const table = new TablePage(page, CLASSES);
  await table.toggle(/^Order/);
  await expect
    .poll(async () => (await table.names()).filter((name) => /^Order @/.test(name)).length, POLL)
    .toBeGreaterThan(5);
  const first = table.lines.filter({ hasText: /Order\s*@/ }).first();
  expect(await first.getAttribute('aria-level')).toBe('2');
  expect(await first.getAttribute('aria-setsize')).toBe('250');
  await first.locator('.twisty').click();
  await expect.poll(() => table.names(), POLL).toContain('note :: "note 249" @1519');
  await first.locator('.twisty').click();
  await expect
    .poll(async () => (await table.names()).some((name) => name.startsWith('note ::')), POLL)
    .toBe(false);
});

test('details of a selected object lead along its retainers to the root', async () => {
  const page = await fixture.open();
  const table = new TablePage(page, CLASSES);
  await table.toggle(/^Order/);
  await table.select(/^\s*Order\s*@/);
  const details = page.getByRole('region', { name: 'Selected object' });
  const path = details.getByRole('list', { name: 'Path from the root to the object' });
  await expect.poll(() => path.getByRole('listitem').count(), POLL).toBeGreaterThan(3);
  const steps = (await path.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  expect(steps[0]).toContain('(root)');
  expect(steps.at(-1)).toContain('[249] → Order');
  await details.getByRole('tab', { name: /Retainers/ }).click();
  const retainers = new TablePage(page, 'Retainers');
  await expect.poll(() => retainers.names(), POLL).toContain('[249] in Array @13');
  for (const holder of ['Array', 'Shop', 'global']) {
    await retainers.isLoaded();
    await retainers
      .line(new RegExp(`in\\s*${holder}\\s*@`))
      .locator('.name')
      .click();
    await details.locator('.facts-name').filter({ hasText: holder }).waitFor();
  }
  await expect
    .poll(async () => (await retainers.names()).some((name) => name.includes('in (root)')), POLL)
    .toBe(true);
});
