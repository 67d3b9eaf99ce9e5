import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error.js';

/**
 * Refuses what another site may have had the browser send. `Host` must be ours: after DNS rebinding it is the name of
 * the attacker. `Origin` and `Sec-Fetch-Site` must be ours or missing; another site may at most open the page
 * (`isPage`), as a link in a chat does: it cannot read it.
 */
export function checkOrigin({ headers }: IncomingMessage, port: number, isPage: boolean): void {
  const { host, origin } = headers;
  if (host === undefined || !hostsOf(port).includes(host.toLowerCase())) {
    throw new RequestError(403, 'FORBIDDEN', `the host must be 127.0.0.1:${port}`);
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw new RequestError(403, 'FORBIDDEN', 'requests of other origins are not answered');
  }
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (!isOwn && !(isPage && isNavigation)) {
    throw new RequestError(403, 'FORBIDDEN', 'requests of other sites are not answered');
  }
}

/** Port 80 is left out by browsers. */
function hostsOf(port: number): string[] {
  const names = ['127.0.0.1', 'localhost'];
  const withPort = names.map((name) => `${name}:${port}`);
  return port === 80 ? [...names, ...withPort] : withPort;
}
