import { SnapshotBuilder } from '../../support/snapshot-builder.js';
import type { SnapshotFile } from './viewer-fixture.js';

/**
 * A shop that keeps its orders: `global.shop.orders` is an array of them. Ids go on where a heap with fewer orders ends, so
 * that a later one compares with it by id.
 */
export function shopHeap(orders: number): SnapshotBuilder {
  const heap = new SnapshotBuilder();
  const roots = heap.child(heap.root, 1, { type: 'synthetic', name: '(GC roots)' });
  const global = heap.child(
    heap.root,
    { type: 'shortcut', name: 'global' },
    { name: 'global', selfSize: 48 },
  );
  heap.edge(roots, { name: 0, to: global });
  const shop = heap.child(global, 'shop', { name: 'Shop', selfSize: 64 });
  const cart = heap.child(shop, 'cart', { name: 'Cart', selfSize: 2_000 });
  heap.child(cart, 'label', { type: 'string', name: 'a cart', selfSize: 24 });
  const list = heap.child(shop, 'orders', { name: 'Array', selfSize: 16 });
  for (let number = 0; number < 4; number++) {
    heap.child(cart, number, { type: 'string', name: 'twice', selfSize: 1_000 });
  }
  for (let number = 0; number < orders; number++) {
    const order = heap.child(list, number, { name: 'Order', selfSize: 100 });
    heap.child(order, 'note', { type: 'string', name: `note ${number}`, selfSize: 400 + number });
    const settle = heap.child(order, 'settle', { type: 'closure', name: 'settle', selfSize: 32 });
    heap.edge(settle, { type: 'context', name: 'order', to: order });
  }
  return heap;
}

export function shopFile(name: string, orders: number): SnapshotFile {
  return { name, bytes: shopHeap(orders).toBytes() };
}
