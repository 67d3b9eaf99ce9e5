import { isDetachedDomClass } from '../detached-dom-class.js';
import type { LeakRule } from '../leak-rule.js';

/** Share of the objects held that DOM nodes outside the document must have. */
const LEAST_SHARE = 0.2;
/** The same of the objects held directly. */
const LEAST_DIRECT_SHARE = 0.5;

/** DOM nodes that scripts hold though they are in no document: "detached elements" of Chrome DevTools and memlab. */
export const detachedDom: LeakRule = {
  name: 'detached-dom',
  kind: 'detached-dom',
  recognise(site) {
    const isOne = isDetachedDomClass(site.node.className);
    const all = site.heldCount;
    const detached = site.countOf(isDetachedDomClass);
    const isAmongHeld = detached >= 1 && detached / all >= LEAST_SHARE;
    const isHeldDirectly = site.directShareOf(isDetachedDomClass) >= LEAST_DIRECT_SHARE;
    if (!isOne && !isAmongHeld && !isHeldDirectly) return null;
    return `DOM nodes outside the document, held by ${site.node.className}`;
  },
};
