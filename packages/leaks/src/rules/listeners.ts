import { EDGE_TYPE } from '@heapstream/core';
import { runtimeClassOf } from '../code-origin.js';
import type { LeakRule } from '../leak-rule.js';

/** Where runtimes keep listeners: `EventEmitter` and `EventTarget` of Node, the DOM of Chromium. */
const LISTENER_EDGES = new Set(['_events', 'kEvents', '<symbol kEvents>', '<symbol events>', '_listeners']);
const LISTENER_CLASSES = new Set([
  'Listener',
  'EventListener',
  'V8EventListener',
  'blink::EventTargetData',
  'blink::JSEventListener',
  'blink::RegisteredEventListener',
]);
/** Edges from there to what grows. */
const NEAR = 4;
const LEAST_DIRECT_SHARE = 0.5;

/** Listeners that are added and never removed. */
export const listeners: LeakRule = {
  name: 'listeners',
  kind: 'listener',
  recognise(site) {
    const steps = site.lastSteps(NEAR);
    const at = steps.findIndex(
      ({ edge, node }) =>
        (edge !== null && edge.type === EDGE_TYPE.property && LISTENER_EDGES.has(String(edge.name))) ||
        LISTENER_CLASSES.has(runtimeClassOf(node)),
    );
    const holdsListeners = site.directShareOf((name) => LISTENER_CLASSES.has(name)) >= LEAST_DIRECT_SHARE;
    if (at < 0 && !holdsListeners) return null;
    const all = site.steps;
    const emitter = at < 0 ? undefined : all[all.length - steps.length + at - 1];
    return emitter === undefined
      ? 'listeners that are not removed'
      : `the listeners of ${emitter.node.className} @${emitter.node.id}`;
  },
};
