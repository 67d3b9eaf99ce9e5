import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The snapshots that the tests of `core` keep: `real` from programs, `synthetic` made for one peculiarity each. */
export type FixtureFolder = 'real' | 'synthetic';

/** Paths of all snapshot files in a folder of fixtures, in order of their names. */
export function fixtureFiles(folder: FixtureFolder): { name: string; path: string }[] {
  const directory = new URL(`../../../core/test/fixtures/${folder}/`, import.meta.url);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /\.heap(snapshot|timeline)(\.\w+)?$/.test(name))
    .sort()
    .map((name) => ({ name, path: fileURLToPath(new URL(name, directory)) }));
}
