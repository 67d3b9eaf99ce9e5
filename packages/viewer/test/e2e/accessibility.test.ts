import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { goToPlace } from './support/settled-page.js';
import { shopFile } from './support/shop-heap.js';
import { useViewer } from './support/viewer-fixture.js';

const fixturePath = (name: string): string =>
  fileURLToPath(new URL(`../../../core/test/fixtures/real/${name}`, import.meta.url));
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const fixture = useViewer(() => [
  shopFile('before.heapsnapshot', 10),
  shopFile('after.heapsnapshot', 60),
  fixturePath('node-22-timeline.heaptimeline.br'),
  { name: 'broken.heapsnapshot', bytes: '[]' },
]);

const PLACES = [
  '#/summary?snapshot=1&object=13',
  '#/summary?snapshot=1&object=13&pane=retainers',
  '#/summary?snapshot=1&object=11&pane=text',
  '#/summary?snapshot=1&filter=nothing-has-this-name',
  '#/comparison?snapshot=1',
  '#/comparison?snapshot=1&form=grown',
  '#/containment?snapshot=1',
  '#/dominators?snapshot=1',
  '#/dominators?snapshot=1&form=chart',
  '#/statistics?snapshot=1',
  '#/trend?snapshot=1',
  '#/trend?snapshot=1&snapshots=1,0',
  '#/leaks?snapshot=1&form=alone',
  '#/strings?snapshot=1',
  '#/allocations?snapshot=2&form=timeline',
  '#/allocations?snapshot=2&form=functions',
  '#/search?snapshot=1&filter=note',
  '#/summary?snapshot=3',
];

test('no view has a serious fault of accessibility, in light colours and dark', {
  timeout: 240_000,
}, async () => {
  // axe is put into the page, which its policy would refuse
  const page = await fixture.open({ bypassCSP: true });
  await page.evaluate(axe);
  for (const place of PLACES) {
    await page.emulateMedia({ colorScheme: 'light' });
    await goToPlace(page, place);
    // what opens is looked at open
    await page.evaluate(() => {
      for (const menu of document.querySelectorAll<HTMLDetailsElement>('details')) menu.open = true;
    });
    expect(await faultsOf(page, {}), place).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    // nothing else depends on colours
    expect(
      await faultsOf(page, { runOnly: ['color-contrast', 'link-in-text-block'] }),
      `${place}, dark`,
    ).toEqual([]);
  }
});

async function faultsOf(page: Page, options: RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate((run) => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ ...run, resultTypes: ['violations'] });
  }, options);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
}
