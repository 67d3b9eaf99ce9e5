import { NODE_TYPE } from '@heapstream/core';
import { runtimeClassOf } from '../code-origin.js';
import type { ArtefactRule } from '../leak-rule.js';
import { isHeldByProgram } from '../locate-site.js';

const REQUESTS = new Set([
  'WriteWrap',
  'FSReqCallback',
  'GetAddrInfoReqWrap',
  'TCPConnectWrap',
  'ShutdownWrap',
  'TickObject',
  'IncomingMessage',
  'ServerResponse',
  'ClientRequest',
  'HTTPParser',
  'HTTPClientAsyncResource',
  'HTTPServerAsyncResource',
]);
/** Steps of the path, from its end, that are looked at. */
const NEAR = 3;
const LEAST_DIRECT_SHARE = 0.5;

/**
 * Requests that were not done when the snapshots were taken, which the runtime alone holds, and what only the stack or a
 * native handle holds. A list of the program's own that keeps requests is no artefact.
 */
export const inFlight: ArtefactRule = {
  name: 'in-flight',
  recognise(site) {
    if (site.node.type === NODE_TYPE.synthetic) return 'only the stack or native code holds it';
    const isRequest = (name: string): boolean => REQUESTS.has(name);
    const isOfRequests =
      site.lastSteps(NEAR).some(({ node }) => isRequest(runtimeClassOf(node))) ||
      site.directShareOf(isRequest) >= LEAST_DIRECT_SHARE;
    return isOfRequests && !isHeldByProgram(site) ? 'requests may still be in flight' : null;
  },
};
