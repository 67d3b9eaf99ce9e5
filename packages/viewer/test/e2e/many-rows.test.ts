import { expect, test } from 'vitest';
import { joinText, star } from '../support/snapshot-builder.js';
import { shopFile } from './support/shop-heap.js';
import { POLL, TablePage } from './support/table-page.js';
import { useViewer } from './support/viewer-fixture.js';

const EDGES = 500_000;
const ORDERS = 3_000;
const fixture = useViewer(() => [
  shopFile('shop.heapsnapshot', ORDERS),
  { name: 'star.heapsnapshot', bytes: joinText(star(EDGES, 10)) },
]);

test('half a million rows are scrolled through, and few are in the document', {
  timeout: 120_000,
}, async () => {
  const page = await fixture.open({ place: '#/containment' });
  const table = new TablePage(page, 'Objects by the edges from the roots');
  await table.isLoaded();
  await table.toggle(/./);
  await expect
    .poll(async () => Number(await table.table.getAttribute('aria-rowcount')), POLL)
    .toBeGreaterThan(EDGES);
  const scroll = (share: number): Promise<void> =>
    table.table.evaluate((element, part) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) * part;
    }, share);
  const firstPosition = async (): Promise<number> => {
    await table.isLoaded();
    return Number(await table.lines.first().getAttribute('aria-posinset'));
  };
  // the document's height has a limit, lists have none
  expect(await table.table.evaluate((element) => element.scrollHeight)).toBeLessThan(9_000_000);
  await scroll(0.5);
  await expect.poll(firstPosition, POLL).toBeGreaterThan(EDGES * 0.49);
  expect(await firstPosition()).toBeLessThan(EDGES * 0.51);
  const middle = await firstPosition();
  await table.table.hover();
  await page.mouse.wheel(0, 240);
  await expect.poll(firstPosition, POLL).toBe(middle + 10);
  await scroll(1);
  await expect
    .poll(async () => Number(await table.lines.last().getAttribute('aria-posinset')), POLL)
    .toBe(EDGES);
  for (let step = 1; step <= 12; step++) {
    await scroll(step / 12);
    await table.isLoaded();
  }
  expect(await table.lines.count()).toBeLessThan(60);
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(1_500);
});

test('an object is shown in its class and below its dominator, however far down', async () => {
  const page = await fixture.open({ place: '#/search?snapshot=0&filter=%4023' });
  await new TablePage(page, 'Objects found').select(/@23/);
  const details = page.getByRole('region', { name: 'Selected object' });
  for (const [link, label] of [
    ['Summary', 'Classes and their objects'],
    ['Dominators', 'Objects by what keeps them alive'],
  ]) {
    await details.getByRole('link', { name: link, exact: true }).click();
    const { table } = new TablePage(page, label);
    const selected = table.locator('[aria-selected=true]');
    await selected.filter({ hasText: /Order\s*@23/ }).waitFor();
    expect(await selected.getAttribute('aria-posinset')).toBe(String(ORDERS));
  }
});
