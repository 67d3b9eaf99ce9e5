import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 256 bits: not to be guessed. */
const TOKEN_BYTES = 32;

/**
 * Who may ask: whoever has the token, which is in the address that the viewer prints. Browsers get a cookie for it, of
 * another value, so that neither their history nor the address bar keeps the token; programs send it in a header.
 */
export class AccessToken {
  readonly token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #session = randomBytes(TOKEN_BYTES).toString('base64url');
  /** Cookies do not tell ports apart: two viewers must not take each other's. */
  readonly #cookie: string;

  constructor(port: number) {
    this.#cookie = `heapstream-${port}`;
  }

  isToken(candidate: string): boolean {
    return isSame(candidate, this.token);
  }

  isAllowed({ headers }: IncomingMessage): boolean {
    const { authorization, cookie = '' } = headers;
    if (authorization !== undefined) {
      const [scheme, token = ''] = authorization.split(' ', 2);
      return scheme.toLowerCase() === 'bearer' && this.isToken(token);
    }
    const session = cookie.split(';').map((pair) => pair.trim().split('=', 2));
    return session.some(([name, value = '']) => name === this.#cookie && isSame(value, this.#session));
  }

  /** Value of a `Set-Cookie` header. The cookie ends with the browser's session; the server takes it while it lives. */
  get cookieHeader(): string {
    return `${this.#cookie}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

/** In a time that does not depend on how much of it is right. */
function isSame(candidate: string, secret: string): boolean {
  return timingSafeEqual(digest(candidate), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
