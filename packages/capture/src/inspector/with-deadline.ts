import { OperationAbortedError } from '@heapstream/core';
import { CaptureError } from '../errors.js';

/** Settles as `work` does, or rejects with `TIMEOUT` or when the signal fires. `name`: who is waited for. */
export async function withDeadline<T>(
  work: Promise<T>,
  name: string,
  { timeout, signal }: { timeout: number; signal?: AbortSignal | undefined },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new CaptureError('TIMEOUT', `${name}: no answer within ${timeout} ms`));
    }, timeout);
    abort = () => reject(new OperationAbortedError('the capture', { cause: signal?.reason }));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort!);
  }
}
