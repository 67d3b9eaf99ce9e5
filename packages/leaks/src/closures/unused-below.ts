import type { HeapAnalysis } from '@heapstream/dominators';
import { findUnusedVariables, type UnusedVariable } from './find-unused-variables.js';

/** Variables looked at, those that retain most; and steps up the dominator tree from all of them. */
const MAX_VARIABLES = 1_000;
const MAX_CLIMBED = 1_000_000;

/** Found once an analysis: it takes passes over all nodes. */
const variablesOf = new WeakMap<HeapAnalysis, readonly UnusedVariable[]>();

/** Unused variables of scopes below an object, or of the object itself, without those that others of them hold. */
export function unusedBelow(analysis: HeapAnalysis, ordinal: number): UnusedVariable[] {
  let all = variablesOf.get(analysis);
  if (all === undefined) {
    all = findUnusedVariables(analysis).slice(0, MAX_VARIABLES);
    variablesOf.set(analysis, all);
  }
  const counted = new Set<number>();
  let climbed = 0;
  return all.filter(({ context, value }) => {
    let node = context.ordinal;
    for (; node !== ordinal; climbed++) {
      const above = analysis.dominatorOf(node);
      if (above === node || climbed >= MAX_CLIMBED || counted.has(node)) return false;
      node = above;
    }
    counted.add(value.ordinal);
    return true;
  });
}
