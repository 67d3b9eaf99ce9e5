import { NotEnoughMemoryError } from '../errors.js';
import { type AvailableMemory, readAvailableMemory } from './available-memory.js';

/**
 * What to do where memory may not suffice: `check` asks the system and refuses, `ignore` tries all the same, a number
 * of bytes is a budget.
 */
export type MemoryPolicy = 'check' | 'ignore' | number;

/** Throws a {@link NotEnoughMemoryError} where `purpose` needs more bytes than there are, or than the budget. */
export function checkMemory(needed: number, purpose: string, policy: MemoryPolicy = 'check'): void {
  if (policy === 'ignore') return;
  const available: AvailableMemory =
    policy === 'check' ? readAvailableMemory() : { bytes: policy, limitedBy: 'budget', total: policy };
  if (needed > available.bytes) throw new NotEnoughMemoryError(purpose, needed, available);
}
