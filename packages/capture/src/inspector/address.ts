import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { CaptureError } from '../errors.js';

/** Where an inspector listens, or the WebSocket of one target. */
export type InspectorAddress =
  | {
      /** Default `127.0.0.1`. */
      readonly host?: string;
      /** Default 9229, Node's own. */
      readonly port?: number;
    }
  | {
      /** `http://host:port`, or `ws://host:port/id` for one target. */
      readonly url: string;
    };

export interface ResolvedAddress {
  /** An IP address or `localhost`: inspectors refuse all other names, so that web pages cannot reach them. */
  readonly host: string;
  readonly port: number;
  /** The WebSocket of one target, where it was given. */
  readonly socketPath: string | undefined;
}

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 9229;

/** Resolves names to addresses; throws `CONNECTION_FAILED` where there is none. */
export async function resolveAddress(address: InspectorAddress): Promise<ResolvedAddress> {
  if (!('url' in address)) {
    const { host = DEFAULT_HOST, port = DEFAULT_PORT } = address;
    return { host: await resolveHost(host), port, socketPath: undefined };
  }
  const url = parseUrl(address.url);
  const host = await resolveHost(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const port = Number(url.port || 80);
  return { host, port, socketPath: url.protocol === 'ws:' ? `${url.pathname}${url.search}` : undefined };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'ws:' || url?.protocol === 'http:') return url;
  throw new CaptureError('CONNECTION_FAILED', `${text}: expected a URL with http: or ws:`);
}

async function resolveHost(host: string): Promise<string> {
  if (isIP(host) !== 0 || host === 'localhost') return host;
  try {
    return (await lookup(host)).address;
  } catch (cause) {
    throw new CaptureError('CONNECTION_FAILED', `${host}: no such host`, { cause });
  }
}

/** `127.0.0.1:9229`, `[::1]:9229` */
export function hostAndPort({ host, port }: { host: string; port: number }): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** Whether the address is on this machine, so that its processes are ours to look at. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
