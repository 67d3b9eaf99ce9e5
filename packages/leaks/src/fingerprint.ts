import { EDGE_TYPE, SPECIAL_NAME } from '@heapstream/core';
import { constructorName, isNamedByProgram, type LeakSite } from './leak-site.js';
import { shortName } from './wording.js';

const INDEX = /^\d+$/;
/** Steps that a fingerprint has at most: a list of a million links is told by its start. */
const MAX_STEPS = 32;

/**
 * What is the same in another run, process or version of Node for the same leak: the names of the properties and
 * variables on the last stretch of the path, and the constructors they lead to, from the last variable on. No ids, no
 * positions in arrays, no `system /` nodes, no hidden or internal edges; steps that repeat stand once.
 *
 * `array: backend → Backend.pendingReplies → Array`
 */
export function fingerprintOf(kind: string, site: LeakSite): string {
  const names: string[] = [];
  for (let i = site.steps.length - 1; i >= 0 && names.length < MAX_STEPS; i--) {
    const { edge, node } = site.steps[i];
    if (names.length === 0) names.push(constructorName(node));
    if (edge === null || !isNamedByProgram(edge.type) || INDEX.test(String(edge.name))) continue;
    const source = site.steps[i - 1].node;
    const isScope = edge.type === EDGE_TYPE.context || source.rawName.startsWith(SPECIAL_NAME.systemPrefix);
    const name = isScope ? String(edge.name) : `${constructorName(source)}.${edge.name}`;
    if (names[0] !== name) names.unshift(name);
    if (edge.type === EDGE_TYPE.context) break;
  }
  if (names.length === 0) names.push(constructorName(site.node));
  return `${kind}: ${names.map(shortName).join(' → ')}`;
}
