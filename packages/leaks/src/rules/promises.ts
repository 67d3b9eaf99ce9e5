import { runtimeClassOf } from '../code-origin.js';
import type { LeakRule } from '../leak-rule.js';
import { findWaitingFunctions } from '../waiting-functions.js';

const PROMISES = new Set(['Promise', 'PromiseReaction', 'Generator', 'AsyncGenerator']);
const LEAST_DIRECT_SHARE = 0.5;
const NAMED_FUNCTIONS = 3;

const isOfPromise = (name: string): boolean => PROMISES.has(name) || name.startsWith('system / Promise');

/** Promises that nobody settles, and the async functions that wait for them. */
export const promises: LeakRule = {
  name: 'promises',
  kind: 'promise',
  recognise(site) {
    const isOne = isOfPromise(runtimeClassOf(site.node));
    if (site.directShareOf(isOfPromise) < LEAST_DIRECT_SHARE && !isOne) return null;
    const waiting = findWaitingFunctions(site.analysis, site.ordinal).slice(0, NAMED_FUNCTIONS);
    const who = waiting.map(({ name }) => name || 'an async function').join(', ');
    const what = isOne
      ? 'what waits for a pending promise'
      : `pending promises held by ${site.node.className}`;
    return `${what}${who === '' ? '' : `, awaited by ${who}`}`;
  },
};
