import { EDGE_TYPE, NODE_TYPE, type SourceLocation } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { isOfProgram } from './code-origin.js';
import type { LeakKind } from './finding.js';
import type { LeakSite } from './leak-site.js';

/** Kinds whose objects are functions of the program: where these were written says more than where their list is. */
const OF_CALLBACKS: ReadonlySet<LeakKind> = new Set(['listener', 'timer']);
/** Edges from a site to a callback, and objects of one depth that are followed: a few of many stand for all. */
const MAX_DEPTH = 10;
const MAX_WAVE = 100;

/** Functions that share a scope, looked at to tell whose it is. */
const MAX_FUNCTIONS = 100;

/**
 * Which code is behind a site: the function of a listener or timer, else the constructor of the object, else that of
 * the closest object that holds it, or a function of the scope that does; the program's own before the runtime's.
 */
export function locateSite(site: LeakSite, kind: LeakKind): SourceLocation | null {
  const callback = OF_CALLBACKS.has(kind) ? locateCallback(site) : null;
  if (callback !== null) return callback;
  let ofRuntime = site.node.location;
  for (const location of locationsAbove(site)) {
    if (isOfProgram(location)) return location;
    ofRuntime ??= location;
  }
  return ofRuntime;
}

/** Whether code of the program, not of the runtime alone, holds the site. */
export function isHeldByProgram(site: LeakSite): boolean {
  for (const location of locationsAbove(site)) if (isOfProgram(location)) return true;
  return false;
}

/** Of the object and of those that hold it, the closest first. */
function* locationsAbove({ analysis, node, steps }: LeakSite): Generator<SourceLocation> {
  if (node.location !== null) yield node.location;
  for (let i = steps.length - 1; i >= 0; i--) {
    const { edge, node: holder } = steps[i];
    if (holder.location !== null) yield holder.location;
    if (edge?.type === EDGE_TYPE.context) yield* locationsOfScope(analysis, steps[i - 1].node.ordinal);
  }
}

/** Of functions that have the scope. */
function* locationsOfScope(analysis: HeapAnalysis, context: number): Generator<SourceLocation> {
  let seen = 0;
  for (const { edge, node } of analysis.retainersOf(context)) {
    if (++seen > MAX_FUNCTIONS) return;
    if (edge.name === 'context' && node.type === NODE_TYPE.closure && node.location !== null)
      yield node.location;
  }
}

/** The closest function of the program that a site holds. */
export function locateCallback({ analysis, ordinal }: LeakSite): SourceLocation | null {
  const { graph } = analysis;
  const seen = new Set([ordinal]);
  let wave = [ordinal];
  for (let depth = 0; depth < MAX_DEPTH && wave.length > 0; depth++) {
    const next: number[] = [];
    for (const holder of wave) {
      for (const edge of graph.node(holder).edges()) {
        if (next.length >= MAX_WAVE) break;
        if (edge.type === EDGE_TYPE.weak || edge.name === '__proto__' || seen.has(edge.target)) continue;
        if (analysis.dominatorOf(edge.target) !== holder) continue;
        const node = edge.targetNode;
        seen.add(edge.target);
        if (node.type !== NODE_TYPE.closure) next.push(edge.target);
        else if (isOfProgram(node.location)) return node.location;
      }
    }
    wave = next;
  }
  return null;
}
