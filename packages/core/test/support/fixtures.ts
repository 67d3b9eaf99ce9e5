import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FIXTURES = new URL('../fixtures/', import.meta.url);

/** Names of the snapshots of a folder of fixtures, in order. */
export function fixtureNames(folder: 'real' | 'synthetic' | 'invalid'): string[] {
  return readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter((name) => name !== 'expectations.json' && !name.endsWith('.expected.json'))
    .sort();
}

export function fixturePath(folder: 'real' | 'synthetic' | 'invalid', name: string): string {
  return fileURLToPath(new URL(`${folder}/${name}`, FIXTURES));
}
