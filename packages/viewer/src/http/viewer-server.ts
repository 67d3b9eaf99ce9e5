import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessToken } from './access-token.js';
import { answerError, answerJson, answerText } from './answers.js';
import { checkOrigin } from './check-origin.js';
import { openPageFiles, type PageFiles } from './page-files.js';
import { Parameters } from './parameters.js';
import { RequestError } from './request-error.js';
import { setSecurityHeaders } from './security-headers.js';

/** What the server answers with: the routes of the API, and the stream of events. */
export interface ServedRoutes {
  /** By name, without `/api/`. */
  readonly routes: ReadonlyMap<string, (parameters: Parameters) => unknown>;
  watch(request: IncomingMessage, response: ServerResponse): void;
}

/** The only address: other machines cannot connect. */
const ADDRESS = '127.0.0.1';
const API = '/api/';
/** Bytes of a request's headers, its address among them. */
const MAX_HEADER_SIZE = 16 * 1024;
const MAX_CONNECTIONS = 256;

const NEEDS_TOKEN =
  'Open the address that heapstream printed: it ends with a token, and without it there is no answer.\n';

/** An HTTP server on the loopback address that answers to whoever has its token, and changes nothing. */
export class ViewerServer {
  readonly port: number;
  readonly token: string;
  readonly #server: Server;
  readonly #access: AccessToken;
  readonly #served: ServedRoutes;
  readonly #files: PageFiles = openPageFiles();

  /** Listens. `port` 0 takes a free one. Rejects with the system's error where the port is taken or not allowed. */
  static async listen(port: number, served: ServedRoutes): Promise<ViewerServer> {
    const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE });
    server.maxConnections = MAX_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, ADDRESS, resolve);
    });
    return new ViewerServer(server, served);
  }

  private constructor(server: Server, served: ServedRoutes) {
    this.#server = server;
    this.#served = served;
    this.port = (server.address() as AddressInfo).port;
    this.#access = new AccessToken(this.port);
    this.token = this.#access.token;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch((error) => answerError(request, response, error));
    });
  }

  /** The address to open. */
  get url(): string {
    return `http://${ADDRESS}:${this.port}/?token=${this.token}`;
  }

  /** Ends all connections, those with requests under way too. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(response);
    const { pathname, searchParams } = parseTarget(request);
    const isApi = pathname.startsWith(API);
    checkOrigin(request, this.port, pathname === '/');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new RequestError(405, 'METHOD_NOT_ALLOWED', 'nothing can be changed: GET and HEAD only');
    }
    const token = searchParams.get('token');
    if (pathname === '/' && token !== null) return this.#enter(request, response, token);
    if (!this.#access.isAllowed(request)) {
      if (isApi) throw new RequestError(401, 'UNAUTHORIZED', 'a token is needed, as the address has it');
      return answerText(request, response, NEEDS_TOKEN, 401);
    }
    if (isApi) return this.#answerApi(request, response, pathname.slice(API.length), searchParams);
    this.#files(request, response, () => answerText(request, response, 'There is no such page.\n', 404));
  }

  /** Takes the token for a cookie. */
  #enter(request: IncomingMessage, response: ServerResponse, token: string): void {
    if (!this.#access.isToken(token)) {
      answerText(request, response, NEEDS_TOKEN, 401);
      return;
    }
    response.setHeader('Set-Cookie', this.#access.cookieHeader);
    if (request.headers['sec-fetch-site'] === 'cross-site') {
      // a browser keeps the cookie back for as long as it follows another site's link
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', Refresh: '0; url=/' });
      response.end();
      return;
    }
    response.writeHead(303, { Location: '/' });
    response.end();
  }

  async #answerApi(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    search: URLSearchParams,
  ): Promise<void> {
    if (name === 'events') return this.#served.watch(request, response);
    const route = this.#served.routes.get(name);
    if (route === undefined) throw new RequestError(404, 'NOT_FOUND', 'there is no such route');
    answerJson(request, response, await route(new Parameters(search)));
  }
}

/** The request's path as it stands: nothing is resolved or decoded. */
function parseTarget({ url = '/' }: IncomingMessage): { pathname: string; searchParams: URLSearchParams } {
  const [pathname] = url.split('?', 1);
  return { pathname, searchParams: new URLSearchParams(url.slice(pathname.length)) };
}
