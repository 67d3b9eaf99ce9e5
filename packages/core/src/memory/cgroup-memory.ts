import { posix } from 'node:path';
import type { SystemFiles } from './system-files.js';

/** Memory that a control group leaves its processes. */
export interface CgroupMemory {
  /** The group's folder. */
  readonly folder: string;
  /** Bytes. */
  readonly limit: number;
  readonly available: number;
}

/** How a version of control groups names what we need. */
interface CgroupFiles {
  readonly limits: readonly string[];
  readonly usage: string;
  /** Rows of `memory.stat`: pages of files, which the kernel takes back before it refuses memory. */
  readonly reclaimable: readonly string[];
}

const VERSION_1: CgroupFiles = {
  limits: ['memory.limit_in_bytes'],
  usage: 'memory.usage_in_bytes',
  reclaimable: ['total_inactive_file', 'total_active_file'],
};
// beyond memory.high a group is slowed down until it hardly moves
const VERSION_2: CgroupFiles = {
  limits: ['memory.max', 'memory.high'],
  usage: 'memory.current',
  reclaimable: ['inactive_file', 'active_file', 'slab_reclaimable'],
};

/** Where the hierarchy of a version is mounted, and the group of this process in it. */
interface Hierarchy {
  readonly mountPoint: string;
  /** The group that the mount point shows. */
  readonly root: string;
  readonly group: string;
  readonly files: CgroupFiles;
}

/**
 * The group of this process, or the one around it, that leaves the least memory; undefined where none has a limit.
 * The page cache counts as free: reading a large snapshot fills it.
 */
export function findTightestCgroup(files: SystemFiles): CgroupMemory | undefined {
  let tightest: CgroupMemory | undefined;
  for (const hierarchy of findHierarchies(files)) {
    for (const folder of foldersUpwards(hierarchy)) {
      const memory = readGroup(folder, hierarchy.files, files);
      if (memory && !(memory.available >= (tightest?.available ?? Number.POSITIVE_INFINITY)))
        tightest = memory;
    }
  }
  return tightest;
}

/** See proc_pid_mountinfo(5) and cgroups(7). */
function findHierarchies(files: SystemFiles): Hierarchy[] {
  const groups = (files.read('/proc/self/cgroup') ?? '').split('\n').map((line) => {
    const [, controllers = '', group = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return { controllers: controllers.split(','), group, isVersion2: line.startsWith('0::') };
  });
  const hierarchies: Hierarchy[] = [];
  for (const line of (files.read('/proc/self/mountinfo') ?? '').split('\n')) {
    const [mount, device] = line.split(' - ').map((part) => part.split(' '));
    if (device === undefined) continue;
    const [type, , options = ''] = device;
    const isVersion2 = type === 'cgroup2';
    if (!isVersion2 && !(type === 'cgroup' && options.split(',').includes('memory'))) continue;
    const own = groups.find((group) =>
      isVersion2 ? group.isVersion2 : group.controllers.includes('memory'),
    );
    hierarchies.push({
      root: mount[3],
      mountPoint: mount[4],
      group: own?.group ?? '/',
      files: isVersion2 ? VERSION_2 : VERSION_1,
    });
  }
  return hierarchies;
}

/** The folder of the process's group and those above it, up to the mount point. */
function* foldersUpwards({ mountPoint, root, group }: Hierarchy): Generator<string> {
  // in a container the mount point may be the group itself, under the name it has outside
  const relative = posix.relative(root, group);
  let folder = relative.startsWith('..') ? mountPoint : posix.join(mountPoint, relative);
  while (folder.length > mountPoint.length) {
    yield folder;
    folder = posix.dirname(folder);
  }
  yield mountPoint;
}

function readGroup(folder: string, names: CgroupFiles, files: SystemFiles): CgroupMemory | undefined {
  const number = (name: string): number => Number.parseInt(files.read(posix.join(folder, name)) ?? '', 10);
  // "max", and files that are not there, give no number
  const limits = names.limits.map(number).filter((limit) => limit >= 0);
  const usage = number(names.usage);
  if (limits.length === 0 || !(usage >= 0)) return undefined;
  const limit = Math.min(...limits);
  let reclaimable = 0;
  for (const row of (files.read(posix.join(folder, 'memory.stat')) ?? '').split('\n')) {
    const [key, value] = row.split(' ');
    if (names.reclaimable.includes(key)) reclaimable += Number(value);
  }
  return { folder, limit, available: Math.max(0, limit - Math.max(0, usage - reclaimable)) };
}
