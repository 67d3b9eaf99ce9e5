import { EDGE_TYPE, NODE_TYPE, type NodeView, SPECIAL_NAME } from '@heapstream/core';
import type { RetainingStep } from '@heapstream/dominators';
import { isOfProgram } from './code-origin.js';
import { constructorName, isNamedByProgram, type LeakSite } from './leak-site.js';
import { shortName } from './wording.js';

const INDEX = /^\d+$/;
/** Steps that a fingerprint has at most: a list of a million links is told by its start. */
const MAX_STEPS = 32;

/** Names that a runtime gives to what is its own business. */
const PRIVATE = /^(?:#|<symbol )/;

/**
 * What is the same in another run, process or version of Node for the same leak: the names of the properties and
 * variables on the last stretch of the path, and the constructors they lead to, from the last variable on. No ids, no
 * positions in arrays, no `system /` nodes, no hidden or internal edges, nothing of what objects of the runtime keep in
 * private; steps that repeat stand once.
 *
 * `array: backend → Backend.pendingReplies → Array`
 */
export function fingerprintOf(kind: string, { node, steps }: LeakSite): string {
  const names: string[] = [];
  let isInPrivate = false;
  for (let i = startOf(steps); i < steps.length; i++) {
    const { edge } = steps[i];
    if (edge === null) continue;
    const source = steps[i - 1].node;
    const name = String(edge.name);
    if (isOfProgram(source.location)) isInPrivate = false;
    else if (PRIVATE.test(name) && source.location !== null) isInPrivate = true;
    if (isInPrivate || !isNamedByProgram(edge.type) || INDEX.test(name)) continue;
    const isScope = edge.type === EDGE_TYPE.context || source.rawName.startsWith(SPECIAL_NAME.systemPrefix);
    const step = isScope ? name : `${constructorName(source)}.${name}`;
    if (names.at(-1) !== step) names.push(step);
  }
  const last = constructorName(steps.findLast(({ node: one }) => !isOfBrowser(one))?.node ?? node);
  return `${kind}: ${[...names.slice(1 - MAX_STEPS), last].map(shortName).join(' → ')}`;
}

/** Lists and tables of the browser's own, between an element or window and what it holds. */
function isOfBrowser({ rawName, type }: NodeView): boolean {
  return type === NODE_TYPE.native && /^(?:Detached )?blink::/.test(rawName);
}

/** The step of the last variable; 0 where there is none. */
function startOf(steps: readonly RetainingStep[]): number {
  return Math.max(
    0,
    steps.findLastIndex(({ edge }) => edge?.type === EDGE_TYPE.context),
  );
}
