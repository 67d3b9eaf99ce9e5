import { runtimeClassOf } from '../code-origin.js';
import type { LeakRule } from '../leak-rule.js';

const LISTS = new Set(['TimersList', 'ImmediateList', 'DOMTimer']);
const TIMERS = new Set(['Timeout', 'Immediate', 'Timer', 'DOMTimer', 'ScheduledAction']);
/** Steps of the path, from its end, that a list of timers may be away. */
const NEAR = 4;
const LEAST_DIRECT_SHARE = 0.5;

/** Timers that are never cleared, and what their callbacks hold. */
export const timers: LeakRule = {
  name: 'timers',
  kind: 'timer',
  recognise(site) {
    const isInList = site.lastSteps(NEAR).some(({ node }) => LISTS.has(runtimeClassOf(node)));
    const isOfTimers = site.directShareOf((name) => TIMERS.has(name)) >= LEAST_DIRECT_SHARE;
    return isInList || isOfTimers ? 'timers that are not cleared' : null;
  },
};
