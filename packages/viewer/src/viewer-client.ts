import type { ApiError, ApiErrorBody, RequestOf, ResponseOf, RouteName } from './api/index.js';

export interface ViewerClientOptions {
  /** Address of the viewer: scheme, host and port, or the whole URL that it prints. In its own page: `location.origin`. */
  readonly url: string;
  /** Its token; not needed in its own page, nor where `url` has it. */
  readonly token?: string;
}

/** Asks a viewer; for pages and for Node alike. Needs nothing but `fetch`. */
export class ViewerClient {
  readonly #origin: string;
  readonly #token: string | undefined;

  constructor({ token, url }: ViewerClientOptions) {
    const parsed = new URL(url);
    this.#origin = parsed.origin;
    this.#token = token ?? parsed.searchParams.get('token') ?? undefined;
  }

  /** Rejects with a {@link ViewerRequestError}, or as `fetch` does. */
  async get<Name extends RouteName>(
    name: Name,
    request: RequestOf<Name>,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<ResponseOf<Name>> {
    const url = new URL(`/api/${name}`, this.#origin);
    for (const [key, value] of Object.entries(request)) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const response = await fetch(url, {
      headers: this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` },
      ...(signal && { signal }),
    });
    const body = (await response.json()) as ResponseOf<Name> | ApiErrorBody;
    if (!response.ok) throw new ViewerRequestError(response.status, (body as ApiErrorBody).error);
    return body as ResponseOf<Name>;
  }
}

/** An answer that is no success. */
export class ViewerRequestError extends Error {
  override readonly name = 'ViewerRequestError';
  /** HTTP status. */
  readonly status: number;
  readonly code: ApiError['code'];
  /** The request's parameter that is wrong. */
  readonly parameter: string | undefined;

  constructor(status: number, { code, message, parameter }: ApiError) {
    super(message);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }
}
