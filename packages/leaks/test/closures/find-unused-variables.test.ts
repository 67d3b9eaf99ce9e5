import { openSnapshot } from '@heapstream/core';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { expect, test } from 'vitest';
import { type NodeSpec, SnapshotBuilder } from '../../../snapshot-builder/src/index.js';
import { findUnusedVariables } from '../../src/closures/find-unused-variables.js';
import { findSuspects } from '../../src/find-suspects.js';

const META = {
  scope_fields: ['script_node_index', 'scope_id', 'depth', 'scope_context_vars_count', 'scope_uses_count'],
  scope_context_var_fields: ['name'],
  scope_use_fields: ['declaring_scope_id', 'slot_index'],
};

/**
 * `function outer() { const big = […], small = …; return inner; }` where `inner`, or what it makes, uses `small`; its
 * context is held by a closure of `inner`.
 */
async function heapOf({ usesBig }: { usesBig: boolean }): Promise<HeapAnalysis> {
  const heap = new SnapshotBuilder();
  const of = (from: number, name: string, spec: NodeSpec, type = 'internal'): number =>
    heap.child(from, { type, name }, spec);
  const integer = (from: number, name: string, value: number): void => {
    const number = of(from, name, { type: 'number', name: 'int' });
    of(number, 'value', { type: 'string', name: String(value) });
  };
  const window = of(heap.root, 'w', { name: 'Window', selfSize: 50 }, 'shortcut');
  const inner = of(window, 'inner', { type: 'closure', name: 'inner', selfSize: 32 }, 'property');
  const shared = of(inner, 'shared', { type: 'code', name: 'system / SharedFunctionInfo' });
  const script = of(shared, 'script', { type: 'code', name: 'system / Script / app.js' });
  integer(shared, 'scope_id', 2);
  const context = of(inner, 'context', { name: 'system / Context', selfSize: 40 });
  const scopeInfo = of(context, 'scope_info', { type: 'code', name: 'system / ScopeInfo' });
  integer(scopeInfo, 'scope_id', 1);
  const outer = of(scopeInfo, 'outer_scope_info', { type: 'code', name: 'system / ScopeInfo' });
  const outerShared = of(window, 'outer', { type: 'code', name: 'system / SharedFunctionInfo' });
  heap.edge(outerShared, { type: 'internal', name: 'name_or_scope_info', to: outer });
  heap.edge(outerShared, { type: 'internal', name: 'script', to: script });
  of(context, 'big', { name: 'Big', selfSize: 5000 }, 'context');
  of(context, 'small', { name: 'Small', selfSize: 16 }, 'context');

  const document = JSON.parse(heap.toJson());
  const { meta } = document.snapshot;
  Object.assign(meta, META);
  const big = document.strings.indexOf('big');
  const small = document.strings.indexOf('small');
  const offset = script * meta.node_fields.length;
  document.scopes = [
    [offset, 1, 0, 2, 0],
    [offset, 2, 1, 0, 0],
    // a function that `inner` makes: no closure of it is there yet
    [offset, 3, 2, 0, usesBig ? 2 : 1],
  ].flat();
  document.scope_context_vars = [big, small];
  document.scope_uses = usesBig ? [1, 1, 1, 0] : [1, 1];
  return analyzeSync(await openSnapshot(bytes(JSON.stringify(document))));
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

test('a variable that only dead code could use', async () => {
  const unused = findUnusedVariables(await heapOf({ usesBig: false }));
  expect(
    unused.map(({ context, name, retainedSize, value }) => [name, value.name, context.name, retainedSize]),
  ).toEqual([['big', 'Big', 'system / Context', 5000]]);
});

test('none where a function that a live closure may make uses it', async () => {
  expect(findUnusedVariables(await heapOf({ usesBig: true }))).toEqual([]);
});

test('a suspect of a single snapshot, told by the names of the variables', async () => {
  const isOfScopes = ({ rule }: { rule: string }): boolean => rule === 'unused-variables';
  const [suspect] = findSuspects(await heapOf({ usesBig: false })).filter(isOfScopes);
  expect(suspect).toMatchObject({ kind: 'closure', level: 'medium', class: 'system / Context' });
  expect(suspect.explanation).toMatch(
    /^Variables that scopes keep though no function can use them \(big\): keeps \d+\.\d % of the heap/,
  );
  expect(findSuspects(await heapOf({ usesBig: true })).filter(isOfScopes)).toEqual([]);
});
