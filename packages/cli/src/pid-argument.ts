import { InvalidArgumentError } from 'commander';

/** The number of a process, for an option of commander's. */
export function parsePid(text: string): number {
  const pid = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(pid) && pid > 0) return pid;
  throw new InvalidArgumentError('Expected the number of a process.');
}
