import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { ProcessFacts } from './process-facts.js';

/** What a look into a program tells. */
export interface NodeExecutable {
  /** Node itself, or a program that has it inside (a single executable application, Electron). */
  readonly isNode: boolean;
  /** `20.20.2`, where the program says. */
  readonly version: string | undefined;
}

/** An option that only Node has, as text inside the program. */
const MARK = '--heapsnapshot-signal';
/** Where official builds say what they are. */
const VERSION = /nodejs\.org\/download\/[a-z-]+\/v(\d+\.\d+\.\d+)[^/]*\//;
const LONGEST_MATCH = 128;

/** By what stands in the program's file, whatever its name; without permission to read it, by its name. */
export async function inspectExecutable({ pid, executable }: ProcessFacts): Promise<NodeExecutable> {
  let isNode = false;
  let version: string | undefined;
  let end = '';
  try {
    // by way of /proc, since the path may be that of a container, or be replaced by now
    for await (const chunk of createReadStream(`/proc/${pid}/exe`, { highWaterMark: 1 << 20 })) {
      const text = end + (chunk as Buffer).toString('latin1');
      isNode ||= text.includes(MARK);
      version ??= VERSION.exec(text)?.[1];
      if (isNode && version !== undefined) break;
      end = text.slice(-LONGEST_MATCH);
    }
  } catch {
    isNode = executable !== undefined && /^node(js)?\d*$/.test(basename(executable));
  }
  return { isNode, version };
}

export function majorOf(version: string | undefined): number | undefined {
  return version === undefined ? undefined : Number.parseInt(version, 10);
}
