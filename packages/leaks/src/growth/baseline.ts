import { readFile } from 'node:fs/promises';
import { HeapstreamError } from '@heapstream/core';

/** A file is no baseline. */
export class BaselineError extends HeapstreamError {
  constructor(message: string, options?: ErrorOptions) {
    super('BAD_BASELINE', message, options);
  }
}

/**
 * The fingerprints that a baseline file accepts: what `heapstream leaks --json` printed, or a JSON list of fingerprints.
 * Rejects with a {@link BaselineError} where the file cannot be read or is neither.
 */
export async function fingerprintsOfBaseline(file: string | URL): Promise<string[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new BaselineError(`cannot read the baseline '${file}': ${(cause as Error).message}`, { cause });
  }
  const entries = Array.isArray(content) ? content : (content as { findings?: unknown } | null)?.findings;
  if (!Array.isArray(entries)) {
    throw new BaselineError(`'${file}' is no baseline: it has no list of findings`);
  }
  return entries.map((entry) => {
    const fingerprint = typeof entry === 'string' ? entry : entry?.fingerprint;
    if (typeof fingerprint === 'string') return fingerprint;
    throw new BaselineError(`'${file}' is no baseline: a finding has no fingerprint`);
  });
}
