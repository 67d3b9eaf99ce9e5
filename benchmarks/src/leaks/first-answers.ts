import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffInEngine, openInEngine } from '@heapstream/conformance';
import { requirePeer } from '../peers/peer-folder.js';

/** What somebody reads first who asks a tool for the leak; empty where it says nothing. */
export type FirstAnswer = (snapshots: readonly string[], folder: string) => Promise<string>;

const COMMAND = fileURLToPath(new URL('../../../packages/heapstream/bin/heapstream.js', import.meta.url));

export const FIRST_ANSWERS: Readonly<Record<string, FirstAnswer>> = {
  'heapstream leaks': async (snapshots) => {
    const args = [COMMAND, 'leaks', ...snapshots, '--json', '--fail-on', 'none'];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`heapstream leaks ended with ${status}: ${stderr}`);
    const [first] = JSON.parse(stdout).findings as { level: string; fingerprint: string }[];
    return first === undefined || first.level === 'low' ? '' : first.fingerprint;
  },
  'DevTools, by # new': (snapshots) => firstRow(snapshots, ({ addedCount }) => addedCount),
  'DevTools, by size delta': (snapshots) => firstRow(snapshots, ({ sizeDelta }) => sizeDelta),
  memlab: (snapshots, folder) => firstTrace(snapshots, folder, false),
  'memlab --trace-all-objects': (snapshots, folder) => firstTrace(snapshots, folder, true),
};

interface DiffRow {
  readonly name: string;
  readonly addedCount: number;
  readonly sizeDelta: number;
}

/** The first row of the comparison of the last snapshot with the first. */
async function firstRow(snapshots: readonly string[], of: (row: DiffRow) => number): Promise<string> {
  const base = await openInEngine(await readFile(snapshots[0]));
  const current = await openInEngine(await readFile(snapshots[snapshots.length - 1]));
  const rows: DiffRow[] = [...diffInEngine(base, current).values()];
  const [first] = rows.sort((a, b) => of(b) - of(a));
  return first === undefined ? '' : first.name;
}

interface MemlabApi {
  readonly ConsoleMode: { readonly SILENT: unknown };
  findLeaksBySnapshotFilePaths(
    baseline: string,
    target: string,
    final: string,
    options: { workDir: string; consoleMode: unknown },
  ): Promise<Record<string, unknown>[]>;
}

interface MemlabConfig {
  oversizeObjectAsLeak: boolean;
  oversizeThreshold: number;
}

/** The first trace that memlab reports, which stands for its largest cluster: edges and objects, root first. */
async function firstTrace(snapshots: readonly string[], folder: string, ofAll: boolean): Promise<string> {
  const { config } = requirePeer<{ config: MemlabConfig }>('@memlab/core');
  // what its command's option does
  config.oversizeObjectAsLeak = ofAll;
  config.oversizeThreshold = 0;
  const { ConsoleMode, findLeaksBySnapshotFilePaths } = requirePeer<MemlabApi>('@memlab/api');
  // of a pair, the second is the last, too
  const [baseline, target, final = target] = snapshots;
  const [first] = await findLeaksBySnapshotFilePaths(baseline, target, final, {
    workDir: join(folder, 'memlab'),
    consoleMode: ConsoleMode.SILENT,
  });
  const steps = Object.keys(first ?? {}).flatMap(
    (key) => /^\d+:\s+(?:--(.+?) \(\w+\)--->)?\s*\[(.*?)\]\(/s.exec(key)?.slice(1, 3).join(' → ') ?? [],
  );
  return steps.join(', ');
}
