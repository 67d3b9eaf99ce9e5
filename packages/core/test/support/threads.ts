import { existsSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Threads of this process as the system counts them; 0 where it does not tell. */
export function countThreads(): number {
  return existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0;
}

/** Waits, five seconds at most, until something holds. */
export async function waitUntil(holds: () => boolean): Promise<void> {
  for (let attempt = 0; !holds(); attempt++) {
    if (attempt === 500) throw new Error(`waited in vain until ${holds}`);
    await setTimeout(10);
  }
}
