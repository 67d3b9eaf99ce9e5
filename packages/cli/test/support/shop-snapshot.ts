import { SnapshotBuilder } from '../../../snapshot-builder/src/index.js';

/** Ids of the objects of {@link shopSnapshot}. */
export const SHOP_IDS = {
  root: 1,
  window: 3,
  cache: 5,
  table: 7,
  first: 9,
  second: 11,
  garbage: 25,
} as const;

/**
 * A window that holds a cache: a Map with two sessions, of two places in the source, that share a user; copies of a
 * text; garbage; a function that allocated the first session.
 */
export function shopSnapshot(): string {
  const heap = new SnapshotBuilder();
  const window = heap.child(
    heap.root,
    { type: 'shortcut', name: 'window' },
    { name: 'Window', selfSize: 100 },
  );
  const cache = heap.child(window, 'cache', { name: 'Map', selfSize: 32 });
  const table = heap.child(
    cache,
    { type: 'internal', name: 'table' },
    { type: 'array', name: '(table)', selfSize: 64 },
  );
  const session = { name: 'Session', selfSize: 1000 };
  const first = heap.child(table, 0, { ...session, traceNodeId: 2 });
  const second = heap.child(table, 1, { ...session, selfSize: 500 });
  heap.location(first, { scriptId: 1, line: 2, column: 4 });
  heap.location(second, { scriptId: 1, line: 8, column: 0 });
  const user = heap.child(first, 'user', { name: 'User', selfSize: 200 });
  heap.edge(second, { name: 'user', to: user });
  heap.edge(window, { type: 'weak', name: 'last', to: user });
  heap.child(first, 'note', { type: 'string', name: 'some, "quoted"\ntext', selfSize: 40 });
  heap.child(second, 'note', { type: 'string', name: 'some, "quoted"\ntext', selfSize: 40 });
  heap.child(window, 'render', { type: 'closure', name: 'render', selfSize: 48 });
  heap.child(window, 'div', { type: 'native', name: '<div>', selfSize: 8, detachedness: 2 });
  heap.node({ name: 'Garbage', selfSize: 16, id: SHOP_IDS.garbage });
  const root = heap.traceFunction({ name: '(root)' });
  const login = heap.traceFunction({ name: 'login', scriptName: 'shop.js', line: 3, column: 5 });
  heap.traceNode({ function: root });
  heap.traceNode({ function: login, count: 4, size: 4000 });
  heap.sample(0, 3);
  heap.sample(1_500_000, 99);
  return heap.toJson();
}
