import { expect, test } from 'vitest';
import { shopFile } from './support/shop-heap.js';
import { POLL, TablePage } from './support/table-page.js';
import { useViewer } from './support/viewer-fixture.js';

const fixture = useViewer(() => [shopFile('before.heapsnapshot', 20), shopFile('after.heapsnapshot', 60)]);
const CLASSES = 'Classes and their objects';

test('an address opens its view, snapshot, filter, order and object', async () => {
  const place = '#/summary?snapshot=0&filter=r&sort=count&object=9&pane=contents';
  const page = await fixture.open({ place });
  const table = new TablePage(page, CLASSES);
  await expect.poll(() => table.names(), POLL).toEqual(['Array', 'Cart', 'Order', '(string)']);
  expect(await page.getByRole('searchbox', { name: 'Filter classes' }).inputValue()).toBe('r');
  expect(await page.getByRole('button', { name: /before/ }).getAttribute('aria-current')).toBe('true');
  const contents = new TablePage(page, 'Contents');
  await expect.poll(() => contents.names(), POLL).toContain('label :: "a cart" @11');

  await page.reload();
  await expect.poll(() => table.names(), POLL).toEqual(['Array', 'Cart', 'Order', '(string)']);
  await expect.poll(() => contents.names(), POLL).toContain('label :: "a cart" @11');
});

test('back and forward go through views and objects, and find tables as they were left', async () => {
  const page = await fixture.open();
  const table = new TablePage(page, CLASSES);
  const name = page.getByRole('region', { name: 'Selected object' }).locator('.facts-name');
  await table.toggle(/^Shop/);
  await table.select(/Shop\s*@/);
  await name.filter({ hasText: 'Shop' }).waitFor();
  await page.getByRole('link', { name: 'Strings' }).click();
  const strings = new TablePage(page, 'Duplicate strings');
  await expect.poll(() => strings.names(), POLL).toContain('"twice"');
  await page.goBack();
  await expect
    .poll(async () => (await table.names()).some((line) => line.startsWith('Shop @')), POLL)
    .toBe(true);
  await name.filter({ hasText: 'Shop' }).waitFor();
  await page.goBack();
  await expect.poll(() => name.count(), POLL).toBe(0);
  await page.goForward();
  await name.filter({ hasText: 'Shop' }).waitFor();
  await page.goForward();
  await expect.poll(() => strings.names(), POLL).toContain('"twice"');
});

test('an object is shown where other views have it', async () => {
  const page = await fixture.open({ place: '#/strings' });
  const strings = new TablePage(page, 'Duplicate strings');
  await strings.toggle('"twice"');
  await strings.select(/"twice"\s*@/);
  const details = page.getByRole('region', { name: 'Selected object' });
  for (const [link, label] of [
    ['Containment', 'Objects by the edges from the roots'],
    ['Dominators', 'Objects by what keeps them alive'],
    ['Summary', CLASSES],
  ]) {
    await details.getByRole('link', { name: link, exact: true }).click();
    const table = new TablePage(page, label);
    const selected = table.table.locator('[aria-selected=true]');
    await selected.filter({ hasText: '"twice"' }).waitFor();
    // the wish is out of the address when it is fulfilled
    await expect.poll(() => new URL(page.url()).hash, POLL).not.toMatch(/reveal|class=/);
  }
  await details.getByRole('link', { name: 'Chart', exact: true }).click();
  await page
    .getByRole('tree')
    .getByRole('treeitem', { name: /^twice @/ })
    .waitFor();
  await page.getByRole('button', { name: 'Whole heap' }).click();
  await page.getByRole('treeitem', { name: /^Shop @/ }).waitFor();
});

test('search finds objects by text, by expression and by id', async () => {
  const page = await fixture.open();
  const field = page.getByRole('searchbox', { name: 'Search all objects' });
  const found = new TablePage(page, 'Objects found');
  for (const [typed, first] of [
    ['note 7', '"note 7" @67'],
    ['/^note [78]$/', '"note 8" @73'],
    ['@7', 'Shop @7'],
  ]) {
    await field.fill(typed);
    await field.press('Enter');
    await expect.poll(async () => (await found.names())[0], POLL).toBe(first);
  }
  expect(new URL(page.url()).hash).toBe('#/search?filter=%407');
});

test('light and dark follow the system until the switch says otherwise', async () => {
  const page = await fixture.open({ colorScheme: 'dark' });
  const lightness = (): Promise<number> =>
    page.evaluate(() => {
      const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
      return red + green + blue;
    });
  await page.getByRole('heading', { name: 'Summary' }).waitFor();
  expect(await lightness()).toBeLessThan(150);
  await page.getByRole('radio', { name: 'Light' }).check({ force: true });
  await expect.poll(lightness, POLL).toBeGreaterThan(700);
  await page.reload();
  await page.getByRole('heading', { name: 'Summary' }).waitFor();
  expect(await lightness()).toBeGreaterThan(700);
});
