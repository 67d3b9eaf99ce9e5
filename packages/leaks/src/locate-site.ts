import { EDGE_TYPE, NODE_TYPE, type SourceLocation } from '@heapstream/core';
import type { LeakKind } from './finding.js';
import type { LeakSite } from './leak-site.js';

/** Kinds whose objects are functions of the program: where these were written says more than where their list is. */
const OF_CALLBACKS: ReadonlySet<LeakKind> = new Set(['listener', 'timer']);
/** Objects looked at, at most. */
const MAX_NODES = 500;
const RUNTIME = /^node:|^internal\//;

/**
 * Which code is behind a site: the function of a listener or timer, else the constructor of the object, else that of
 * the closest object that holds it; the program's own before the runtime's.
 */
export function locateSite(site: LeakSite, kind: LeakKind): SourceLocation | null {
  const holders = [site.node, ...[...site.steps].reverse().map(({ node }) => node)];
  const locations = holders.map(({ location }) => location).filter((location) => location !== null);
  const callback = OF_CALLBACKS.has(kind) ? locateCallback(site) : null;
  return callback ?? locations.find(isOfProgram) ?? locations[0] ?? null;
}

/** Whether code of the program, not of the runtime alone, holds the site. */
export function isHeldByProgram(site: LeakSite): boolean {
  return site.steps.some(({ node }) => isOfProgram(node.location)) || locateCallback(site) !== null;
}

export function isOfProgram(location: SourceLocation | null): boolean {
  return location?.scriptName != null && !RUNTIME.test(location.scriptName);
}

/** The closest function of the program that a site holds. */
function locateCallback({ analysis, ordinal }: LeakSite): SourceLocation | null {
  const { graph } = analysis;
  const queue = [ordinal];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length; at++) {
    for (const edge of graph.node(queue[at]).edges()) {
      if (seen.size >= MAX_NODES) return null;
      if (edge.type === EDGE_TYPE.weak || edge.name === '__proto__' || seen.has(edge.target)) continue;
      if (analysis.dominatorOf(edge.target) !== queue[at]) continue;
      const node = edge.targetNode;
      if (node.type === NODE_TYPE.closure && isOfProgram(node.location)) return node.location;
      seen.add(edge.target);
      if (node.type !== NODE_TYPE.closure) queue.push(edge.target);
    }
  }
  return null;
}
