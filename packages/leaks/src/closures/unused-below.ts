import type { HeapAnalysis } from '@heapstream/dominators';
import { findUnusedVariables, type UnusedVariable } from './find-unused-variables.js';

/** Variables looked at, those that retain most; and dominators above each. */
const MAX_VARIABLES = 1_000;
const MAX_CLIMB = 10_000;

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
  return all.filter(({ context, value }) => {
    let node = context.ordinal;
    for (let climbed = 0; node !== ordinal; climbed++) {
      const above = analysis.dominatorOf(node);
      if (above === node || climbed === MAX_CLIMB || counted.has(node)) return false;
      node = above;
    }
    counted.add(value.ordinal);
    return true;
  });
}
