import type { DrawnNode } from './drawn-snapshot.js';

/** The smallest heaps on which the engine shows the faults that the exception rules name. */

/** root → A (a huge buffer) → B, and a C whose id is too large */
export const LARGE_NUMBERS: readonly DrawnNode[] = [
  {
    type: 'synthetic',
    name: '',
    edges: [
      { type: 'property', name: 'a', to: 1 },
      { type: 'property', name: 'c', to: 3 },
    ],
  },
  { type: 'object', name: 'A', selfSize: 2 ** 32 + 8, edges: [{ type: 'property', name: 'b', to: 2 }] },
  { type: 'object', name: 'B', selfSize: 2 * 2 ** 32 },
  { type: 'object', name: 'C', id: 2 ** 32 + 7, selfSize: 16 },
];

/** An object called "Function" that holds a closure, beside another closure. */
export const ONE_NAME: readonly DrawnNode[] = [
  {
    type: 'synthetic',
    name: '',
    edges: [
      { type: 'property', name: 'closure', to: 1 },
      { type: 'property', name: 'object', to: 2 },
    ],
  },
  { type: 'closure', name: 'one', selfSize: 10 },
  { type: 'object', name: 'Function', selfSize: 200, edges: [{ type: 'property', name: 'held', to: 3 }] },
  { type: 'closure', name: 'two', selfSize: 3000 },
];

/** Two objects of one shape before the root. */
export const ROOT_LAST: readonly DrawnNode[] = [
  { type: 'object', name: 'Object', selfSize: 8, edges: [{ type: 'property', name: 'a', to: 1 }] },
  { type: 'object', name: 'Object', selfSize: 16, edges: [{ type: 'property', name: 'a', to: 0 }] },
  { type: 'synthetic', name: '', edges: [{ type: 'property', name: 'held', to: 0 }] },
];

const WIDE_ID = 2 ** 32 + 3;
const entry = (position: number) =>
  `${position} / part of key (Key @5) -> value (Value @7) pair in WeakMap (table @${WIDE_ID})`;

/** root → table ⇉ value, root → key ⇉ value: an entry of a WeakMap whose table has a large id. */
export const WIDE_TABLE_ID: readonly DrawnNode[] = [
  {
    type: 'synthetic',
    name: '',
    edges: [
      { type: 'property', name: 'table', to: 1 },
      { type: 'property', name: 'key', to: 2 },
    ],
  },
  {
    type: 'array',
    name: '(table)',
    id: WIDE_ID,
    selfSize: 8,
    edges: [{ type: 'internal', name: entry(1), to: 3 }],
  },
  { type: 'object', name: 'Key', id: 5, selfSize: 16, edges: [{ type: 'internal', name: entry(2), to: 3 }] },
  { type: 'object', name: 'Value', id: 7, selfSize: 100 },
];
