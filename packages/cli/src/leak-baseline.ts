import { readFile } from 'node:fs/promises';
import { WrongUsageError } from './wrong-usage-error.js';

/**
 * The fingerprints that a baseline file accepts: what `leaks --json` printed, or a list of fingerprints. A file that is
 * neither, or cannot be read, is wrong usage.
 */
export async function readBaseline(file: string): Promise<string[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new WrongUsageError(`cannot read the baseline '${file}': ${(error as Error).message}`);
  }
  const entries = Array.isArray(content) ? content : (content as { findings?: unknown } | null)?.findings;
  if (!Array.isArray(entries)) {
    throw new WrongUsageError(`'${file}' is no baseline: it has no list of findings`);
  }
  return entries.map((entry) => {
    const fingerprint = typeof entry === 'string' ? entry : entry?.fingerprint;
    if (typeof fingerprint !== 'string')
      throw new WrongUsageError(`'${file}' is no baseline: a finding has no fingerprint`);
    return fingerprint;
  });
}
