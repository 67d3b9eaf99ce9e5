import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { SnapshotBuilder } from '../support/snapshot-builder.js';
import { goToPlace } from './support/settled-page.js';
import { useViewer } from './support/viewer-fixture.js';

/** Texts that would do something where they were taken for markup, a script, a style or an address. */
const HOSTILE = [
  '<img src=x onerror="window.harmed=1">',
  '<script>window.harmed=1</script>',
  '</title><svg onload="window.harmed=1">',
  '"><iframe srcdoc="<script>parent.harmed=1</script>">',
  'javascript:window.harmed=1',
  '{{constructor.constructor("window.harmed=1")()}}',
  '\u202egnp.txt\u0000\u001b[2J',
  '<style>*{display:none}</style><base href="http://attacker.example/">',
];

function hostileHeap(copies: number): SnapshotBuilder {
  const heap = new SnapshotBuilder({ root: { name: HOSTILE[0] } });
  const global = heap.child(
    heap.root,
    { type: 'shortcut', name: HOSTILE[1] },
    { name: HOSTILE[0], selfSize: 8 },
  );
  for (const [number, name] of HOSTILE.entries()) {
    const holder = heap.child(global, name, { name, selfSize: 1_000 + number });
    heap.child(holder, { type: 'context', name }, { type: 'closure', name, selfSize: 64 });
    heap.child(holder, 'element', {
      type: 'native',
      name: `Detached ${name}`,
      selfSize: 64,
      detachedness: 2,
    });
    for (let copy = 0; copy < copies; copy++) {
      heap.child(holder, copy, { type: 'string', name, selfSize: 500 });
    }
    heap.location(holder, { scriptId: 1, line: 1, column: 1 });
  }
  const main = heap.traceFunction({
    name: HOSTILE[1],
    scriptName: HOSTILE[0],
    scriptId: 1,
    line: 1,
    column: 1,
  });
  heap.traceNode({ function: main, count: 1, size: 64 });
  const call = heap.traceNode({ function: main, count: 9, size: 640 });
  heap.child(global, 'traced', { name: HOSTILE[1], selfSize: 64, traceNodeId: call });
  heap.sample(1_000, 9).sample(2_000, 99);
  return heap;
}

const fixture = useViewer(() => [
  { name: '<img src=x onerror=harm()>.heapsnapshot', bytes: hostileHeap(2).toBytes() },
  { name: '"><b>.heaptimeline', bytes: hostileHeap(9).toBytes() },
]);

/** Every place of the page that shows texts of a snapshot. */
const PLACES = [
  '#/summary?object=3&pane=alive',
  '#/summary?object=3&pane=retainers',
  '#/summary?object=5&pane=contents',
  '#/comparison',
  '#/comparison?form=grown',
  '#/containment',
  '#/dominators',
  '#/dominators?form=chart',
  '#/statistics',
  '#/trend',
  '#/leaks',
  '#/strings?object=11&pane=text',
  '#/strings?form=largest',
  '#/allocations?form=timeline',
  '#/allocations?form=functions',
  '#/allocations?form=calls',
  `#/search?filter=${encodeURIComponent('<')}`,
  `#/summary?filter=${encodeURIComponent(HOSTILE[0])}`,
];

test('names of a snapshot are text wherever they stand', { timeout: 180_000 }, async () => {
  const page = await fixture.open();
  for (const place of PLACES) {
    await goToPlace(page, place);
    expect(await strangeElements(page), place).toEqual([]);
    expect(await page.evaluate(() => 'harmed' in window), place).toBe(false);
  }
  // and they are there, whole, to be read
  expect(await page.locator('.table').textContent()).toContain('<img src=x onerror="window.harmed=1">');
  expect(await page.title()).toContain('"><b>.heaptimeline');
});

/** Elements and attributes that the page itself never makes. */
function strangeElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const strange: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      const name = element.localName;
      if (['img', 'iframe', 'base', 'object', 'embed', 'b'].includes(name)) strange.push(name);
      if (name === 'script' && !(element as HTMLScriptElement).src.startsWith(location.origin))
        strange.push(name);
      if (name === 'style') strange.push(name);
      for (const attribute of element.attributes) {
        if (attribute.name.startsWith('on')) strange.push(`${name} ${attribute.name}`);
        if (attribute.name === 'href' && !/^(?:#\/|\.\/)/.test(attribute.value))
          strange.push(attribute.value);
      }
    }
    return strange;
  });
}
