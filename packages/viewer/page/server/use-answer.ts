import { useEffect, useState } from 'preact/hooks';
import type { RequestOf, ResponseOf, RouteName } from '../../src/api/index.js';
import { client } from './client.js';

/** What the server said: the answer before stays until the next one is there. */
export interface Answer<Value> {
  readonly value: Value | null;
  readonly error: Error | null;
  readonly isPending: boolean;
  retry(): void;
}

/** Asks whenever the request changes; `null` asks nothing. */
export function useAnswer<Name extends RouteName>(
  name: Name,
  request: RequestOf<Name> | null,
): Answer<ResponseOf<Name>> {
  const [state, setState] = useState<Omit<Answer<ResponseOf<Name>>, 'retry'>>(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const asked = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    if (asked === null) {
      setState(NOTHING);
      return;
    }
    const abort = new AbortController();
    setState(({ value }) => ({ value, error: null, isPending: true }));
    client.get(name, JSON.parse(asked) as RequestOf<Name>, { signal: abort.signal }).then(
      (value) => !abort.signal.aborted && setState({ value, error: null, isPending: false }),
      (error) => !abort.signal.aborted && setState({ value: null, error: asError(error), isPending: false }),
    );
    return () => abort.abort();
  }, [name, asked, attempt]);
  return { ...state, retry: () => setAttempt((count) => count + 1) };
}

const NOTHING = { value: null, error: null, isPending: false };

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
