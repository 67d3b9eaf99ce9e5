import { expect, test } from 'vitest';
import { shopFile } from './support/shop-heap.js';
import { POLL, TablePage } from './support/table-page.js';
import { useViewer } from './support/viewer-fixture.js';

const fixture = useViewer(() => [shopFile('shop.heapsnapshot', 3_000), shopFile('small.heapsnapshot', 10)]);

test('a table is read by keys alone, as trees of ARIA are', async () => {
  const page = await fixture.open({ place: '#/summary?snapshot=0' });
  const table = new TablePage(page, 'Classes and their objects');
  await table.isLoaded();
  const active = async (): Promise<string> => {
    await table.isLoaded();
    const id = await table.table.getAttribute('aria-activedescendant');
    const [text] = await page.locator(`[id="${id}"] .tree-cell`).allInnerTexts();
    return text.replace(/\s+/g, ' ').trim();
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await table.isLoaded();
    }
  };
  await page.keyboard.press('/');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), POLL)
    .toBe('Filter classes');
  await page.keyboard.type('order');
  await expect.poll(() => table.names(), POLL).toEqual(['Order']);
  await page.keyboard.press('Tab');
  while (!(await table.table.evaluate((element) => element === document.activeElement))) {
    await page.keyboard.press('Tab');
  }
  await expect.poll(active, POLL).toBe('Order');
  await press('ArrowRight');
  await expect.poll(() => table.table.getAttribute('aria-rowcount'), POLL).toBe('3002');
  await press('ArrowRight');
  await expect.poll(active, POLL).toBe('Order @18017');
  await page
    .getByRole('region', { name: 'Selected object' })
    .locator('.facts-name')
    .filter({ hasText: '@18017' })
    .waitFor();
  await press('ArrowRight', 'ArrowRight');
  await expect.poll(active, POLL).toMatch(/^note :: "note 2999"/);
  await press('ArrowLeft');
  await expect.poll(active, POLL).toBe('Order @18017');
  await press('ArrowLeft', 'PageDown', 'PageDown', 'ArrowUp');
  await expect.poll(active, POLL).toMatch(/^Order @/);
  await press('End');
  await expect.poll(active, POLL).toBe('Order @23');
  await press('ArrowLeft');
  await expect.poll(active, POLL).toBe('Order');
  await press('ArrowLeft');
  await expect.poll(() => table.table.getAttribute('aria-rowcount'), POLL).toBe('2');
  // moving through rows leaves one step behind, not one a key
  await page.goBack();
  expect(new URL(page.url()).hash).not.toContain('object=');
});

test('the drawing of dominators is moved through and zoomed by keys', async () => {
  const page = await fixture.open({ place: '#/dominators?form=chart' });
  const tree = page.getByRole('tree');
  const active = async (): Promise<string | null> => {
    const id = await tree.getAttribute('aria-activedescendant');
    return page.locator(`[id="${id}"]`).getAttribute('aria-label');
  };
  await tree.waitFor();
  await tree.focus();
  for (const name of [/^global @/, /^Shop @/, /^Cart @/]) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(active, POLL).toMatch(name);
  }
  await page.keyboard.press('ArrowRight');
  await expect.poll(active, POLL).toMatch(/^Array @/);
  await page.keyboard.press('Enter');
  const breadcrumbs = page.getByRole('navigation', { name: 'Dominators of what is drawn' });
  await expect.poll(() => breadcrumbs.textContent(), POLL).toContain('Array');
  await page
    .getByRole('treeitem', { name: /^Order @/ })
    .first()
    .waitFor();
  await tree.focus();
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem', { name: /^Cart @/ }).waitFor();
});
