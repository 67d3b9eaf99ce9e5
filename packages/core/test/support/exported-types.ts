import { readFileSync } from 'node:fs';

/** The names of the types that an `index.ts` re-exports, sorted: they leave no trace in what it exports at run time. */
export function exportedTypes(index: URL): string[] {
  const source = readFileSync(index, 'utf8');
  return [...source.matchAll(/export (type )?\{([^}]*)\} from/g)]
    .flatMap(([, allAreTypes, list]) =>
      list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name.startsWith('type ') || (allAreTypes !== undefined && name !== ''))
        .map((name) => name.replace(/^type /, '')),
    )
    .sort();
}
