import type { LeakRule } from '../leak-rule.js';

/** Objects that stand for threads, ports, sockets, files and memory outside the heap. */
const RESOURCES = new Set([
  'Worker',
  'WorkerThread',
  'MessagePort',
  'MessageChannel',
  'BroadcastChannel',
  'ChildProcess',
  'FileHandle',
  'FSWatcher',
]);
const BUFFERS = new Set([
  'ArrayBuffer',
  'SharedArrayBuffer',
  'system / JSArrayBufferData',
  'Buffer',
  'FastBuffer',
  'Uint8Array',
  'WebAssembly.Memory',
]);
const LEAST_BUFFER_SHARE = 0.7;
const LEAST_DIRECT_SHARE = 0.3;

/** Workers, ports and buffers: small in the heap, large outside it. */
export const nativeResources: LeakRule = {
  name: 'native-resources',
  kind: 'native',
  notableCount: 1,
  recognise(site) {
    const resource = site.direct.find(({ class: name, isOfProgram }) => !isOfProgram && RESOURCES.has(name));
    if (resource && site.directShareOf((name) => RESOURCES.has(name)) >= LEAST_DIRECT_SHARE) {
      return `${resource.class} objects, which stand for threads or other resources, held by ${site.node.className}`;
    }
    if (site.shareOf((name) => BUFFERS.has(name)) < LEAST_BUFFER_SHARE) return null;
    return `buffers held by ${site.node.className}`;
  },
};
