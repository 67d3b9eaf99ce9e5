import { SnapshotBuilder } from './snapshot-builder.js';

/** A snapshot of a few nodes that has something of everything. */
export function drawnSnapshot(): string {
  const heap = new SnapshotBuilder();
  const window = heap.child(
    heap.root,
    { type: 'shortcut', name: 'window' },
    { name: 'Window', selfSize: 100 },
  );
  const session = heap.child(window, 'session', { name: 'Object', selfSize: 40 });
  heap.child(session, 'user', { name: 'User', selfSize: 2 ** 33 });
  heap.child(session, '\ud800', { type: 'string', name: 'lone \udc00 half', selfSize: 20 });
  heap.child(window, 'div', { type: 'native', name: '<div id="a">', selfSize: 8, detachedness: 2 });
  heap.location(session, { scriptId: 1, line: 2, column: 4 });
  return heap.toJson();
}
