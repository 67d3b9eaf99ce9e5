import { expect, test } from 'vitest';
import { shopFile } from './support/shop-heap.js';
import { POLL, TablePage } from './support/table-page.js';
import { useViewer, watchConduct } from './support/viewer-fixture.js';

const fixture = useViewer(
  () => [shopFile('shop.heapsnapshot', 10), { name: 'broken.heapsnapshot', bytes: '{"snapshot": 17}' }],
  ['--host-resolver-rules=MAP rebound.example 127.0.0.1'],
);

test('without the right token nothing of a snapshot is to be had', async () => {
  const { origin } = fixture.url;
  for (const address of [`${origin}/?token=wrong`, `${origin}/`]) {
    const context = await fixture.browser.newContext();
    const page = await context.newPage();
    const response = await page.goto(address);
    const answer = await page.evaluate(async () => {
      const { status } = await fetch('/api/classes?snapshot=0');
      return status;
    });
    expect(answer).toBe(401);
    expect(response!.status()).toBe(401);
    expect(await page.locator('body').textContent()).not.toContain('Shop');
    await context.close();
  }
});

test('a foreign host that leads here is refused, token or not', async () => {
  const context = await fixture.browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(`http://rebound.example:${fixture.url.port}/${fixture.url.search}`);
  expect(response!.status()).toBe(403);
  expect(await page.locator('body').textContent()).not.toContain('Shop');
  await context.close();
});

test('the token leaves the address, and the page asks nobody else', async () => {
  const page = await fixture.open({ place: '#/summary?snapshot=0' });
  const conduct = watchConduct(page);
  await new TablePage(page, 'Classes and their objects').isLoaded();
  await page.getByRole('link', { name: 'Statistics' }).click();
  await page.getByRole('img', { name: /^Heap by kind/ }).waitFor();
  expect(conduct.requests.length).toBeGreaterThan(1);
  const { origin } = fixture.url;
  expect(conduct.requests.filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
});

test('a snapshot that does not open says why, and the others go on', async () => {
  const page = await fixture.open({ place: '#/summary?snapshot=1' });
  await page.getByRole('heading', { name: 'broken.heapsnapshot could not be opened' }).waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('snapshot');
  await page.getByRole('button', { name: 'shop' }).click();
  await expect
    .poll(async () => new TablePage(page, 'Classes and their objects').names(), POLL)
    .toContain('Shop');
});

test('an object that is not there, and a place that makes no sense, are told in words', async () => {
  const page = await fixture.open({
    place: '#/nonsense?snapshot=0&object=999999&sort=-_;drop',
    expected: /status of 400/,
  });
  await expect
    .poll(async () => new TablePage(page, 'Classes and their objects').names(), POLL)
    .toContain('Shop');
  const alert = page.getByRole('region', { name: 'Selected object' }).getByRole('alert');
  await expect.poll(() => alert.textContent(), POLL).toContain('@999999');
});
